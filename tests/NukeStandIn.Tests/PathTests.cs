using System.ComponentModel;
using Nuke.Common.IO;
using Nuke.Common.Tooling;

namespace NukeStandIn.Tests;

public sealed class PathTests : IDisposable
{
    readonly AbsolutePath folder = Directory.CreateTempSubdirectory("nuke-paths-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("/a", "b", "/a/b")]
    [InlineData("/", "b/", "/b")]
    [InlineData("/a/", "./b//c", "/a/b/c")]
    [InlineData("/a/b", "../c", "/a/c")]
    [InlineData("/a", @"b\c", "/a/b/c")]
    [InlineData("/a", "", "/a")]
    [InlineData("/a", null, "/a")]
    public void A_slash_joins_and_normalises(string left, string? right, string expected) =>
        ((AbsolutePath)left / right).ToString().Should().Be(expected);

    [Fact]
    public void The_right_side_of_a_slash_is_relative_and_stays_below_the_root()
    {
        Invoking(() => (AbsolutePath)"/a" / "/b").Should().Throw<ArgumentException>().WithMessage("Second path must not be rooted*");
        Invoking(() => (AbsolutePath)"/a" / "../../b").Should().Throw<ArgumentException>().WithMessage("Cannot normalize '*' beyond path root*");
        Invoking(() => (AbsolutePath)"a/b").Should().Throw<ArgumentException>().WithMessage("Path 'a/b' must be rooted*");
    }

    [Fact]
    public void Paths_have_parts()
    {
        var path = AbsolutePath.Create("/a/b.tar.gz");

        (path.Name, path.NameWithoutExtension, path.Extension).Should().Be(("b.tar.gz", "b.tar", ".gz"));
        path.Parent.Should().Be((AbsolutePath)"/a");
        (path / ..).Should().Be((AbsolutePath)"/a");
        path.Parent.Parent.Parent.Should().BeNull();
        (path + ".sig").ToString().Should().Be("/a/b.tar.gz.sig");
    }

    [Fact]
    public void Equal_texts_are_equal_paths()
    {
        var path = (AbsolutePath)"/a/b";

        (path == "/a/./b/").Should().BeTrue();
        (path != "/A/b").Should().BeTrue();
        path.GetHashCode().Should().Be(((AbsolutePath)"/a//b").GetHashCode());
        ((AbsolutePath?)(string?)null).Should().BeNull();
        ((string?)(AbsolutePath?)null).Should().BeNull();
    }

    [Theory]
    [InlineData("d", "\"/a b\"")]
    [InlineData("dn", "\"/a b\"")]
    [InlineData("s", "'/a b'")]
    [InlineData("sn", "'/a b'")]
    [InlineData("nq", "/a b")]
    [InlineData(null, "/a b")]
    public void Formats_quote(string? format, string expected) => ((AbsolutePath)"/a b").ToString(format).Should().Be(expected);

    [Theory]
    [InlineData("/a/b", "/a/c/d", "../c/d")]
    [InlineData("/a", "/a/b", "b")]
    [InlineData("/a/b", "/a", "..")]
    [InlineData("/a/b", "/A/c", "../c")]
    public void The_way_between_paths_is_relative(string from, string to, string expected) =>
        ((AbsolutePath)from).GetRelativePathTo(to).ToString().Should().Be(expected);

    [Theory]
    [InlineData("text", "text\n")]
    [InlineData("text\n\n", "text\n")]
    [InlineData("a\r\nb", "a\r\nb\r\n")]
    public void A_written_text_ends_with_one_line_break(string content, string expected)
    {
        var file = (folder / "new" / "file").WriteAllText(content);

        file.FileExists().Should().BeTrue();
        file.ReadAllText().Should().Be(expected);
        File.ReadAllBytes(file)[0].Should().Be((byte)content[0], "there is no byte order mark");
    }

    [Fact]
    public void A_text_can_be_written_as_it_is() =>
        (folder / "file").WriteAllText("text", eofLineBreak: false).ReadAllText().Should().Be("text");

    [Fact]
    public void Folders_are_created_cleaned_and_deleted()
    {
        var folder = (this.folder / "a" / "b").CreateDirectory();
        (folder / "file").WriteAllText("x");

        folder.CreateOrCleanDirectory().Should().Be(folder);
        Directory.GetFileSystemEntries(folder).Should().BeEmpty();
        folder.Parent.DeleteDirectory();
        folder.Parent.DirectoryExists().Should().BeFalse();
        folder.Parent.DeleteDirectory();
        (folder / "file").DeleteFile();
    }

    [Fact]
    public void Enumerations_compare_by_type_and_value_and_convert_by_field_name()
    {
        var converter = TypeDescriptor.GetConverter(typeof(Colour));

        converter.ConvertFromInvariantString("LIGHTBLUE").Should().BeSameAs(Colour.LightBlue);
        ((string)Colour.LightBlue).Should().Be("light-blue");
        (Colour.LightBlue == Colour.Azure).Should().BeTrue();
        Invoking(() => converter.ConvertFromInvariantString("light-blue")).Should().Throw<Exception>();
    }

    static Func<object?> Invoking(Func<object?> action) => action;

    [TypeConverter(typeof(TypeConverter<Colour>))]
    sealed class Colour : Enumeration
    {
        public static readonly Colour LightBlue = new() { Value = "light-blue" };
        public static readonly Colour Azure = new() { Value = "light-blue" };
    }
}

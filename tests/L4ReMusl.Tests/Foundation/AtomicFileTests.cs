using L4ReMusl.Foundation.Files;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Foundation;

public sealed class AtomicFileTests : IDisposable
{
    const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public void A_file_and_the_folders_above_it_are_made()
    {
        AtomicFile.Write(temp["a/b/file"], "Grüße\n");

        File.ReadAllBytes(temp["a/b/file"]).Should().Equal("Grüße\n"u8.ToArray(), "a text is UTF-8 without a byte order mark");
        OnlyThere("a/b", "file");
    }

    [Fact]
    public void A_file_that_is_replaced_keeps_its_mode()
    {
        File.SetUnixFileMode(temp.Write("file", "old"), Private);

        AtomicFile.Write(temp["file"], "new");
        File.ReadAllText(temp["file"]).Should().Be("new");
        File.GetUnixFileMode(temp["file"]).Should().Be(Private);

        AtomicFile.Copy(temp.Write("other/file", "copied"), temp["file"]);
        File.ReadAllText(temp["file"]).Should().Be("copied");
        File.GetUnixFileMode(temp["file"]).Should().Be(Private);
    }

    [Fact]
    public void A_reader_that_has_the_old_file_open_sees_all_of_it()
    {
        temp.Write("file", "the old text");
        using var reader = File.OpenText(temp["file"]);

        AtomicFile.Write(temp["file"], "new");

        reader.ReadToEnd().Should().Be("the old text");
    }

    [Fact]
    public void What_fails_half_way_leaves_the_old_file_and_nothing_else()
    {
        temp.Write("folder/file", "old");

        var make = () => AtomicFile.Make(temp["folder/file"], part =>
        {
            File.WriteAllText(part, "half");
            throw new IOException("the disk is full");
        });

        make.Should().Throw<IOException>();
        File.ReadAllText(temp["folder/file"]).Should().Be("old");
        OnlyThere("folder", "file");
    }

    [Fact]
    public void What_makes_no_file_after_all_changes_nothing()
    {
        temp.Write("folder/file", "old");

        AtomicFile.Make(temp["folder/file"], part =>
        {
            File.WriteAllText(part, "the error page of a server");
            File.Delete(part);
        });

        File.ReadAllText(temp["folder/file"]).Should().Be("old");
        OnlyThere("folder", "file");
    }

    [Fact]
    public void A_link_may_take_the_place_of_another_link_or_of_a_file_and_point_at_what_is_not_there()
    {
        temp.Write("folder/target", "text");
        File.SetUnixFileMode(temp["folder/target"], Private);
        temp.Write("folder/link", "a file");

        foreach (var target in (string[])["nowhere", "target", "nowhere"])
        {
            AtomicFile.Link(temp["folder/link"], target);
            new FileInfo(temp["folder/link"]).LinkTarget.Should().Be(target);
        }

        File.GetUnixFileMode(temp["folder/target"]).Should().Be(Private, "what a link points at is not touched");
        OnlyThere("folder", "link", "target");
    }

    [Fact]
    public void A_file_that_takes_the_place_of_a_link_leaves_what_it_pointed_at_alone()
    {
        temp.Write("folder/target", "text");
        File.CreateSymbolicLink(temp["folder/file"], "target");

        AtomicFile.Write(temp["folder/file"], "new");

        new FileInfo(temp["folder/file"]).LinkTarget.Should().BeNull();
        File.ReadAllText(temp["folder/target"]).Should().Be("text");
    }

    [Fact]
    public void Two_that_write_one_file_at_once_do_not_disturb_each_other()
    {
        string[] texts = [new('a', 100_000), new('b', 100_000)];

        Parallel.For(0, 50, number => AtomicFile.Write(temp["folder/file"], texts[number % 2]));

        texts.Should().Contain(File.ReadAllText(temp["folder/file"]));
        OnlyThere("folder", "file");
    }

    void OnlyThere(string folder, params string[] names) =>
        Directory.EnumerateFileSystemEntries(temp[folder]).Select(Path.GetFileName).Should().BeEquivalentTo(names);
}

using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Images;
using L4ReMusl.Layout;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Images;

public sealed class Ext4ImageTests : IDisposable
{
    readonly TempFolder temp = new("l4re musl's image ");

    [Fact]
    public void Holes_in_a_file_do_not_change_the_image()
    {
        temp.Write("dense/file", new string('\0', 100_000) + "end");
        Directory.CreateDirectory(temp["sparse"]);
        using (var file = File.Create(temp["sparse", "file"]))
        {
            file.Position = 100_000;
            file.Write("end"u8);
        }

        Write("dense", "1");
        Write("sparse", "2");

        Fingerprint.Sha256OfFile(temp["2"]).Should().Be(Fingerprint.Sha256OfFile(temp["1"]));
    }

    [Fact]
    public void Another_content_is_another_file_system()
    {
        SampleTree.Make(temp);
        var before = ContentUuid.Of(FileTree.ContentHash(temp["tree"]));

        File.SetUnixFileMode(temp["tree", "etc", "shadow"], UnixFileMode.UserRead);

        var after = ContentUuid.Of(FileTree.ContentHash(temp["tree"]));
        after.Should().NotBe(before);
        after.ToString().Should().MatchRegex("^.{8}-.{4}-8.{3}-[89ab].{3}-.{12}$");
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(600, 100)]
    [InlineData(20, 3_000_000)]
    public void The_image_fits_its_content_and_has_the_stated_room_to_spare(int files, int size)
    {
        for (var i = 0; i < files; i++)
            temp.Write($"tree/folder{i % 50}/{new string('n', 100)}{i}", new string('x', size));

        var figures = Write("tree", "image");

        var content = FileTree.Size(temp["tree"]);
        var free = Tools.OfHost.Run(new ToolInvocation("debugfs", "-R", "stats -h", temp["image"]))
            .OrThrow("read the superblock").Output
            .Split('\n').Single(line => line.StartsWith("Free blocks:", StringComparison.Ordinal)).Split(':')[1];
        var freeBytes = long.Parse(free) * Ext4Size.BlockSize;
        figures.Should().Equal(Figure.Size("free", freeBytes));
        freeBytes.Should().BeGreaterThanOrEqualTo(Math.Max(content / 4, 4 << 20));
        new FileInfo(temp["image"]).Length.Should().Be(Ext4Size.For(temp["tree"]).Bytes);
    }

    [Fact]
    public void A_damaged_image_is_found()
    {
        SampleTree.Make(temp);
        Write("tree", "image");
        using (var image = File.OpenWrite(temp["image"]))
        {
            image.Position = 1024 + 0x58; // The inode size in the superblock.
            image.Write([0x13, 0x37]);
        }

        Directory.CreateDirectory(temp["extracted"]);
        Format.Invoking(format => format.Read(temp["image"], temp["extracted"], Tools.OfHost))
            .Should().Throw<BuildException>().WithMessage("*e2fsck*");
    }

    [Theory]
    [InlineData("atime")]
    [InlineData("ctime")]
    [InlineData("crtime")]
    [InlineData("mtime")]
    public void Each_of_the_four_times_counts(string name)
    {
        SampleTree.Make(temp);
        Write("tree", "image");
        var change = $"set_inode_field /etc/hostname {name} 20250102030405";
        Tools.OfHost.Run(new ToolInvocation("debugfs", "-w", "-R", change, temp["image"])).OrThrow("change a time");
        Directory.CreateDirectory(temp["extracted"]);

        Format.Read(temp["image"], temp["extracted"], Tools.OfHost).Where(entry => entry.Path != "/lost+found")
            .Except(SampleTree.Entries)
            .Should().ContainSingle().Which.Path.Should().Be("/etc/hostname");
    }

    [Fact]
    public void A_name_that_debugfs_cannot_take_is_an_error()
    {
        temp.Write("tree/two\nlines", "");

        this.Invoking(_ => Write("tree", "image"))
            .Should().Throw<BuildException>().WithMessage("*two\nlines*control character*rename*");
        File.Exists(temp["image"]).Should().BeFalse();
    }

    public void Dispose() => temp.Dispose();

    static IImageFormat Format => ImageFormatCatalogue.Ext4;

    IReadOnlyList<Figure> Write(string tree, string image) =>
        Format.Write(
            temp[tree], temp[image],
            new ImageContext(new BuildLayout(RepositoryRoot.Path, temp["cache"]), SampleTree.Time, Tools.OfHost));
}

using L4ReMusl.Images;
using L4ReMusl.Incremental;
using L4ReMusl.Processes;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Images;

public sealed class Ext4ImageTests : IDisposable
{
    static readonly DateTimeOffset Time = new(2024, 3, 1, 12, 34, 56, TimeSpan.Zero);
    static readonly string LongTarget = string.Join('/', Enumerable.Repeat("..", 40)) + "/etc/hostname";

    readonly TempFolder temp = new("l4re musl's image ");

    [Fact]
    public void What_is_in_the_tree_is_in_the_image_and_belongs_to_root()
    {
        MakeTree("tree");

        Write("tree", "image");

        new Ext4Reader(Tools.OfHost).Read(temp["image"]).OrderBy(entry => entry.Path, StringComparer.Ordinal).Should().Equal(
            Entry("/bin", "40755"),
            Entry("/bin/program \"one\" #1", "100755", Fingerprint.Sha256("program")),
            Entry("/etc", "40755"),
            Entry("/etc/empty", "100644", Fingerprint.Sha256("")),
            Entry("/etc/hostname", "100644", Fingerprint.Sha256("here\n")),
            Entry("/etc/long", "120777", LongTarget),
            Entry("/etc/shadow", "100640", Fingerprint.Sha256("secret\n")),
            Entry("/etc/short", "120777", "hostname"),
            Entry("/lost+found", "40700"),
            Entry("/proc", "40555"),
            Entry("/tmp", "41777"));
    }

    [Fact]
    public void The_same_tree_gives_the_same_bytes_whoever_makes_it_where_and_when()
    {
        MakeTree("tree");
        Write("tree", "image");
        MakeTree("elsewhere/tree", reverse: true);
        foreach (var entry in FileTree.List(temp["elsewhere", "tree"]))
            File.SetLastWriteTimeUtc(temp["elsewhere", "tree", entry.Path], new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        if (Environment.IsPrivilegedProcess)
            Tools.OfHost.Run(new ToolInvocation("chown", "-hR", "123456:65534", temp["elsewhere", "tree"])).OrThrow("change the owner");

        Write("elsewhere/tree", "elsewhere/image");

        Fingerprint.Sha256OfFile(temp["elsewhere", "image"]).Should().Be(Fingerprint.Sha256OfFile(temp["image"]));
    }

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
        MakeTree("tree");
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

        var planned = Write("tree", "image");

        var content = FileTree.Size(temp["tree"]);
        var free = new Ext4Verifier(Time, Tools.OfHost).Verify(temp["image"], temp["tree"], planned.Headroom);
        free.Should().BeGreaterThanOrEqualTo(Math.Max(content / 4, 4 << 20));
        new FileInfo(temp["image"]).Length.Should().Be(planned.Bytes);
    }

    [Fact]
    public void An_image_that_differs_from_the_tree_is_found()
    {
        MakeTree("tree");
        Write("tree", "image");
        File.WriteAllText(temp["tree", "etc", "hostname"], "there\n");
        File.SetUnixFileMode(temp["tree", "etc", "shadow"], UnixFileMode.UserRead);
        File.Delete(temp["tree", "etc", "empty"]);
        temp.Write("tree/etc/new", "");

        Verifying("tree").Should().Throw<BuildException>().WithMessage(
            "*differs*in 4 entries*/etc/empty*instead of nothing*/etc/hostname*no /etc/new*/etc/shadow*");
    }

    [Fact]
    public void A_damaged_image_is_found()
    {
        MakeTree("tree");
        Write("tree", "image");
        using (var image = File.OpenWrite(temp["image"]))
        {
            image.Position = 1024 + 0x58; // The size of inodes, in the superblock.
            image.Write([0x13, 0x37]);
        }

        Verifying("tree").Should().Throw<BuildException>().WithMessage("*e2fsck*");
    }

    [Fact]
    public void A_name_that_debugfs_cannot_be_told_is_an_error()
    {
        temp.Write("tree/two\nlines", "");

        this.Invoking(_ => Write("tree", "image")).Should().Throw<BuildException>().WithMessage("*two\nlines*control character*rename*");
        File.Exists(temp["image"]).Should().BeFalse();
    }

    public void Dispose() => temp.Dispose();

    static Ext4Entry Entry(string path, string mode, string content = "") => new(path, mode, "0:0", Time.ToUnixTimeSeconds().ToString(), content);

    Ext4Size Write(string tree, string image) =>
        new Ext4Image(Path.Combine(RepositoryRoot.Path, "config", "mke2fs.conf"), Time, Tools.OfHost).Write(temp[tree], temp[image]);

    Action Verifying(string tree) => () => new Ext4Verifier(Time, Tools.OfHost).Verify(temp["image"], temp[tree], headroom: 0);

    void MakeTree(string name, bool reverse = false)
    {
        (string Path, string? Content, string Mode)[] files =
        [
            ("bin/program \"one\" #1", "program", "755"), ("etc/empty", "", "644"), ("etc/hostname", "here\n", "644"),
            ("etc/shadow", "secret\n", "640"), ("proc", null, "555"), ("tmp", null, "1777"),
        ];
        foreach (var (path, content, mode) in reverse ? files.Reverse() : files)
        {
            if (content is null)
                Directory.CreateDirectory(temp[name, path]);
            else
                temp.Write($"{name}/{path}", content);
            File.SetUnixFileMode(temp[name, path], (UnixFileMode)Convert.ToInt32(mode, 8));
        }

        File.CreateSymbolicLink(temp[name, "etc", "short"], "hostname");
        File.CreateSymbolicLink(temp[name, "etc", "long"], LongTarget);
        foreach (var folder in (string[])["bin", "etc"])
            File.SetUnixFileMode(temp[name, folder], (UnixFileMode)Convert.ToInt32("755", 8));
    }
}

using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Images;
using L4ReMusl.Layout;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Images;

/// <summary>The promises of every format.</summary>
public sealed class ImageFormatTests : IDisposable
{
    readonly TempFolder temp = new("l4re musl's image ");

    public static TheoryData<string> Formats => [.. ImageFormatCatalogue.All.Select(format => format.Name)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_is_in_the_tree_is_in_the_image_and_belongs_to_root(string name)
    {
        Write(name, SampleTree.Make(temp), "image");

        var read = Read(name, "image", "extracted");

        read.Where(entry => entry.Path != "/lost+found").Should().Equal(SampleTree.Entries);
        FileTree.Delete(temp["extracted", "lost+found"]);
        FileTree.ContentHash(temp["extracted"]).Should().Be(FileTree.ContentHash(temp["tree"]));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void The_same_tree_gives_the_same_bytes_for_any_user_place_and_time(string name)
    {
        Write(name, SampleTree.Make(temp), "image");
        var other = SampleTree.Make(temp, "elsewhere/deeper/tree", reverse: true);
        File.SetUnixFileMode(
            other, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute); // As with umask 077.
        foreach (var entry in FileTree.List(other))
            File.SetLastWriteTimeUtc(Path.Combine(other, entry.Path), new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        Tools.OfHost.Run(new ToolInvocation("ln", Path.Combine(other, "etc", "hostname"), temp["another-name"]))
            .OrThrow("change the link count");
        if (Environment.IsPrivilegedProcess)
            Tools.OfHost.Run(new ToolInvocation("chown", "-hR", "123456:65534", other)).OrThrow("change the owner");

        Write(name, other, "elsewhere/image");

        Fingerprint.Sha256OfFile(temp["elsewhere", "image"]).Should().Be(Fingerprint.Sha256OfFile(temp["image"]));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Two_names_of_one_file_are_both_there(string name)
    {
        var tree = SampleTree.Make(temp);
        Tools.OfHost.Run(new ToolInvocation("ln", Path.Combine(tree, "etc", "hostname"), Path.Combine(tree, "etc", "twin")))
            .OrThrow("make a hard link");

        Write(name, tree, "image");

        new ImageVerifier(SampleTree.Time) { Devices = SampleTree.Devices }
            .Verify("image", tree, Read(name, "image", "extracted"));
        File.ReadAllText(temp["extracted", "etc", "twin"]).Should().Be("here\n");
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Another_time_is_another_image(string name)
    {
        Write(name, SampleTree.Make(temp), "image");

        Format(name).Write(temp["tree"], temp["later"], Context(SampleTree.Time.AddSeconds(1)));

        Fingerprint.Sha256OfFile(temp["later"]).Should().NotBe(Fingerprint.Sha256OfFile(temp["image"]));
        Read(name, "later", "extracted").Select(entry => entry.Time).Distinct().Should().Equal(SampleTree.Time.AddSeconds(1));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void An_image_that_differs_from_the_tree_is_found(string name)
    {
        Write(name, SampleTree.Make(temp), "image");
        File.WriteAllText(temp["tree", "etc", "hostname"], "there\n");
        File.SetUnixFileMode(temp["tree", "etc", "shadow"], UnixFileMode.UserRead);
        File.Delete(temp["tree", "etc", "empty"]);
        temp.Write("tree/etc/new", "");
        var read = Read(name, "image", "extracted");

        new ImageVerifier(SampleTree.Time) { Devices = SampleTree.Devices }
            .Invoking(verifier => verifier.Verify("image", temp["tree"], read)).Should().Throw<BuildException>().WithMessage(
                "*differs*in 4 entries*/etc/empty*instead of nothing*/etc/hostname*no /etc/new*/etc/shadow*");
    }

    [Theory]
    [InlineData("ext4", 50)]
    [InlineData("ext4", 99)]
    [InlineData("squashfs", 1)]
    [InlineData("squashfs", 50)]
    [InlineData("squashfs", 99)]
    [InlineData("cpio.gz", 0)]
    [InlineData("cpio.gz", 50)]
    [InlineData("cpio.gz", 99)]
    [InlineData("tar", 0)]
    [InlineData("tar", 50)]
    [InlineData("tar", 99)]
    public void A_truncated_image_is_found(string name, int percent)
    {
        Write(name, SampleTree.Make(temp), "image");
        // squashfs is padded with zeros to 4 KiB; nothing needs them.
        var end = File.ReadAllBytes(temp["image"]).AsSpan().TrimEnd((byte)0).Length;
        using (var image = File.OpenWrite(temp["image"]))
            image.SetLength(end * percent / 100);

        this.Invoking(_ => Read(name, "image", "extracted")).Should().Throw<BuildException>().WithMessage("*image*");
    }

    [Theory]
    [InlineData("cpio.gz", 1)]
    [InlineData("cpio.gz", 8)]
    [InlineData("tar", 1024)]
    public void A_missing_end_is_found(string name, int bytes)
    {
        Write(name, SampleTree.Make(temp), "image");
        // For tar, the two blocks of zeros at its end; for gzip, its checksum.
        using (var image = File.OpenWrite(temp["image"]))
            image.SetLength(image.Length - bytes);

        this.Invoking(_ => Read(name, "image", "extracted"))
            .Should().Throw<BuildException>().WithMessage("*cannot be read*rebuild it*");
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Its_manifest_has_a_line_for_everything(string name)
    {
        Write(name, SampleTree.Make(temp), "image");

        var manifest = Mtree.Describe(Read(name, "image", "extracted").Select(entry => entry.ForManifest()));

        manifest.Should().StartWith("#mtree\n. type=dir mode=0755 uid=0 gid=0 time=1709296496.0\n")
            .And.Contain("./tmp type=dir mode=01777 uid=0 gid=0 time=1709296496.0\n")
            .And.Contain("./etc/shadow type=file mode=0640 uid=0 gid=0 time=1709296496.0 size=7 "
                + $"sha256digest={Fingerprint.Sha256("secret\n")}\n")
            .And.Contain("./etc/short type=link mode=0777 uid=0 gid=0 time=1709296496.0 link=hostname\n")
            .And.Contain("./dev/console type=char mode=0600 uid=0 gid=0 time=1709296496.0 device=linux,5,1\n")
            .And.Contain("./etc/gr\\303\\274\\303\\237e/").And.Contain("link=gr\\303\\274\\303\\237e/a\\040->\\040b\n");
        manifest.Split('\n').Should().HaveCount(SampleTree.Entries.Count + 2 + (name == "ext4" ? 1 : 0));
    }

    [Fact]
    public void Names_and_suffixes_tell_formats_apart()
    {
        ImageFormatCatalogue.All.Select(format => format.Name)
            .Should().OnlyHaveUniqueItems().And.OnlyContain(name => !name.Any(char.IsUpper));
        ImageFormatCatalogue.All.Select(format => format.Suffix).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void A_tool_is_asked_for_its_version_once()
    {
        var context = Context(SampleTree.Time);

        context.VersionOf("mke2fs", "-V").Should().StartWith("mke2fs ");
        context.VersionOf("mke2fs", "--no-such-option").Should().Be(context.VersionOf("mke2fs", "-V"));
    }

    public void Dispose() => temp.Dispose();

    static IImageFormat Format(string name) => ImageFormatCatalogue.All.Single(format => format.Name == name);

    ImageContext Context(DateTimeOffset time) =>
        new(new BuildLayout(RepositoryRoot.Path, temp["cache"]), time, Tools.OfHost) { Devices = SampleTree.Devices };

    void Write(string name, string tree, string image) => Format(name).Write(tree, temp[image], Context(SampleTree.Time));

    IReadOnlyList<ImageEntry> Read(string name, string image, string folder)
    {
        Directory.CreateDirectory(temp[folder]);
        return Format(name).Read(temp[image], temp[folder], Tools.OfHost);
    }
}

using System.Formats.Tar;
using System.IO.Compression;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Images;
using L4ReMusl.Layout;
using L4ReMusl.Root;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Images;

/// <summary>Images of the skeleton, a root file system without programs.</summary>
public sealed class ImageInspectionTests : IDisposable
{
    readonly TempFolder temp = new("l4re musl's image ");
    readonly BuildLayout layout;

    public ImageInspectionTests()
    {
        layout = new BuildLayout(RepositoryRoot.Path, temp["cache"]);
        var root = new RootFsWriter(temp["root"]);
        new RootSkeleton(layout.RootSkeleton, PermissionTable.Read(layout.RootPermissions))
            .Write(root, RootSkeleton.Values(ArchitectureCatalogue.Arm64, "1.2.5", []));
        root.Finish(SampleTree.Time);
    }

    [Theory]
    [MemberData(nameof(ImageFormatTests.Formats), MemberType = typeof(ImageFormatTests))]
    public void A_good_image_is_good(string name)
    {
        Write(name);

        Violations(name).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(ImageFormatTests.Formats), MemberType = typeof(ImageFormatTests))]
    public void What_the_image_records_is_judged_and_all_violations_are_in_one_error(string name)
    {
        File.SetUnixFileMode(temp["root", "etc", "shadow"], UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Directory.Delete(temp["root", "srv"]);
        Write(name);

        var inspection = new ImageInspection(Tools.OfHost, []);

        inspection.Invoking(it => it.Inspect(Format(name), temp["image"], ArchitectureCatalogue.Arm64))
            .Should().Throw<BuildException>()
            .WithMessage("*image*arm64*LsbRoot*/srv: FHS*/etc/shadow: has the mode 0404*");
    }

    [Theory]
    [MemberData(nameof(ImageFormatTests.Formats), MemberType = typeof(ImageFormatTests))]
    public void Another_owner_than_root_is_found(string name)
    {
        WriteOwnedBySomebody(name);

        Violations(name).Should().ContainSingle().Which.Should().Be("/etc/motd: its owner is 1000:100, not root (0:0)");
    }

    [Theory]
    [MemberData(nameof(ImageFormatTests.Formats), MemberType = typeof(ImageFormatTests))]
    public void A_file_that_is_not_an_image_is_a_violation_and_no_crash(string name)
    {
        temp.Write("image", string.Concat(Enumerable.Repeat("this is not an image\n", 1000)));

        Violations(name).Should().ContainSingle().Which.Should().Contain("image'");
    }

    [Theory]
    [InlineData("../escaped")]
    [InlineData("etc/../../escaped")]
    [InlineData("link/escaped")]
    [InlineData("missing/file")]
    public void An_archive_cannot_write_beside_the_folder_it_is_read_into(string path)
    {
        using (var writer = new TarWriter(File.Create(temp["image"]), TarEntryFormat.Gnu))
        {
            writer.WriteEntry(new GnuTarEntry(TarEntryType.Directory, "./etc/"));
            writer.WriteEntry(new GnuTarEntry(TarEntryType.SymbolicLink, "./link") { LinkName = temp.Path });
            writer.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, $"./{path}") { DataStream = new MemoryStream([1]) });
        }

        Violations("tar").Should().ContainSingle().Which.Should().Contain("cannot be read").And.Contain(path);
        File.Exists(temp["escaped"]).Should().BeFalse();
    }

    public void Dispose() => temp.Dispose();

    static IImageFormat Format(string name) => ImageFormatCatalogue.All.Single(format => format.Name == name);

    void Write(string name) =>
        Format(name).Write(temp["root"], temp["image"], new ImageContext(layout, SampleTree.Time, Tools.OfHost));

    IReadOnlyList<string> Violations(string name) =>
        new ImageInspection(Tools.OfHost, []).Violations(Format(name), temp["image"], ArchitectureCatalogue.Arm64);

    // With the usual tools of each format, since this build makes root the owner of everything.
    void WriteOwnedBySomebody(string name)
    {
        Write(name);
        switch (name)
        {
            case "ext4":
                Run(new ToolInvocation("debugfs", "-w", "-f", "-", temp["image"])
                {
                    Input = "sif /etc/motd uid 1000\nsif /etc/motd gid 100\n",
                });
                break;
            case "squashfs":
                File.Delete(temp["image"]);
                Run(new ToolInvocation(
                    "mksquashfs", temp["root"], temp["image"], "-quiet", "-no-progress",
                    "-action", "uid(0)@true", "-action", "gid(0)@true",
                    "-action", "uid(1000)@name(motd)", "-action", "gid(100)@name(motd)"));
                break;
            case "cpio.gz":
                ChangeOwnerInCpio();
                break;
            case "tar":
                Run(new ToolInvocation("tar", "--delete", "--file", temp["image"], "./etc/motd"));
                Run(new ToolInvocation(
                    "tar", "--append", "--format=gnu", "--numeric-owner", "--owner=1000", "--group=100",
                    "--file", temp["image"], "./etc/motd")
                {
                    WorkingDirectory = temp["root"],
                });
                break;
        }
    }

    void ChangeOwnerInCpio()
    {
        using var content = new MemoryStream();
        using (var compressed = new GZipStream(File.OpenRead(temp["image"]), CompressionMode.Decompress))
            compressed.CopyTo(content);
        var bytes = content.ToArray();
        var header = bytes.AsSpan().IndexOf("etc/motd\0"u8) - 110;
        "000003E800000064"u8.CopyTo(bytes.AsSpan(header + 22)); // After magic, inode and mode: user 1000, group 100.
        using var image = new GZipStream(File.Create(temp["image"]), CompressionLevel.Fastest);
        image.Write(bytes);
    }

    static void Run(ToolInvocation invocation) => Tools.OfHost.Run(invocation).OrThrow("change the owner");
}

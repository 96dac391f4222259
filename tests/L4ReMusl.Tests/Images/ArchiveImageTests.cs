using L4ReMusl.Foundation.Processes;
using L4ReMusl.Images;
using L4ReMusl.Layout;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Images;

/// <summary>What the usual tools read from archives that this build writes.</summary>
public sealed class ArchiveImageTests : IDisposable
{
    readonly TempFolder temp = new("l4re musl's image ");

    [Fact]
    public void Cpio_lists_all_and_the_links_of_folders_do_not_tell_the_file_system()
    {
        Write(ImageFormatCatalogue.Cpio);

        var listing = Run("gunzip < \"$0\" | cpio -itv --numeric-uid-gid --quiet");

        listing.Should().HaveCount(SampleTree.Entries.Count)
            .And.OnlyContain(line => line.Contains(" 0        0 "))
            .And.OnlyContain(line => !line.StartsWith('d') || line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1] == "2")
            .And.ContainSingle(line => line.StartsWith("drwxrwxrwt") && line.EndsWith(" tmp"))
            .And.ContainSingle(line => line.StartsWith("crw-------") && line.Contains(" 5, ") && line.EndsWith(" dev/console"))
            .And.ContainSingle(line =>
                line.StartsWith("brw-rw----") && line.Contains("179,") && line.EndsWith(" dev/x y/mmcblk0"));
    }

    [Fact]
    public void The_head_of_gzip_has_neither_time_nor_name()
    {
        Write(ImageFormatCatalogue.Cpio);

        File.ReadAllBytes(temp["image"])[..8].Should().Equal(0x1f, 0x8b, 8, 0, 0, 0, 0, 0);
        Run("gzip -t < \"$0\"");
    }

    [Fact]
    public void Tar_lists_all_and_finds_nothing_to_change_in_what_it_extracts()
    {
        Write(ImageFormatCatalogue.Tar);

        Run("tar -tvf \"$0\"").Should().HaveCount(SampleTree.Entries.Count).And.OnlyContain(line => line.Contains(" root/root "));
        Run("mkdir extracted && tar -xpf \"$0\" --exclude console --exclude mmcblk0 -C extracted "
            + "&& diff -r --no-dereference tree extracted");
        // Only root can extract files of root.
        Run("tar --exclude console --exclude mmcblk0 -df \"$0\" -C extracted 2>&1 || [ $? = 1 ]")
            .Where(line => Environment.IsPrivilegedProcess || !line.EndsWith("id differs", StringComparison.Ordinal))
            .Should().BeEmpty();
    }

    public void Dispose() => temp.Dispose();

    void Write(IImageFormat format) => format.Write(
        SampleTree.Make(temp),
        temp["image"],
        new ImageContext(new BuildLayout(RepositoryRoot.Path, temp["cache"]), SampleTree.Time, Tools.OfHost)
        {
            Devices = SampleTree.Devices,
        });

    string[] Run(string command) =>
        Tools.OfHost.Run(new ToolInvocation("sh", "-c", command, temp["image"]) { WorkingDirectory = temp.Path })
            .OrThrow("ask the usual tool").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

using System.Globalization;
using System.Text.RegularExpressions;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.HostTools;

namespace L4ReMusl.Images;

/// <summary>ext4, written and read by e2fsprogs 1.47.0 or newer.</summary>
public sealed partial class Ext4Format : IImageFormat
{
    /// <summary>The label of the file system.</summary>
    public const string Label = "lsb_root";

    static readonly string[] Options =
    [
        "-q", "-F", "-t", "ext4", "-T", "default", "-L", Label,
        "-b", $"{Ext4Size.BlockSize}", "-J", $"size={Ext4Size.JournalMebibytes}",
    ];

    // Extended attributes, such as SELinux labels, are the host's. What would be initialised at the first mount is done now.
    const string ExtendedOptions = "root_owner=0:0,no_copy_xattrs,lazy_itable_init=0,lazy_journal_init=0";

    /// <inheritdoc/>
    public string Name => "ext4";

    /// <inheritdoc/>
    public string Suffix => ".img";

    /// <inheritdoc/>
    public IReadOnlyList<HostTool> Tools { get; } = [Tool("mke2fs"), Tool("e2fsck"), Tool("debugfs")];

    /// <inheritdoc/>
    public IEnumerable<(string Name, string Value)> Inputs(ImageContext context) =>
    [
        ("config/mke2fs.conf", SourceFolder.HashOf(context.Layout.Mke2fsConfiguration)),
        ("e2fsprogs", context.VersionOf("mke2fs", "-V")),
        ("mke2fs", $"{string.Join(' ', Options)} -E {ExtendedOptions}"),
    ];

    /// <inheritdoc/>
    /// <exception cref="BuildException">A name in the tree cannot be used, or e2fsprogs failed.</exception>
    public IReadOnlyList<Figure> Write(string tree, string image, ImageContext context)
    {
        // e2fsprogs takes the current time from its own variable and, since 1.47.1, also from the common one.
        var seconds = context.Time.ToUnixTimeSeconds().ToString();
        var environment = new Dictionary<string, string>
        {
            ["MKE2FS_CONFIG"] = context.Layout.Mke2fsConfiguration,
            ["E2FSPROGS_FAKE_TIME"] = seconds,
            ["SOURCE_DATE_EPOCH"] = seconds,
        };
        if (FileTree.List(tree).FirstOrDefault(entry => entry.Path.Any(char.IsControl)) is { } unreadable)
        {
            throw new BuildException(
                $"The name '{unreadable.Path}' contains a control character, which cannot be read back from an ext4 image; "
                + "rename the file.");
        }

        var size = Ext4Size.For(tree);
        var uuid = ContentUuid.Of(FileTree.ContentHash(tree));
        context.Tools.Run(new ToolInvocation(
            "mke2fs",
            [
                .. Options,
                "-d", tree,
                "-U", uuid.ToString(),
                "-N", size.Inodes.ToString(),
                "-E", $"hash_seed={uuid},{ExtendedOptions}", // Otherwise, the seed of folder hashes is random.
                image, size.Blocks.ToString(),
            ])
        {
            Environment = environment,
        }).OrThrow($"make an ext4 image of '{tree}'");

        // mke2fs copies the files' owners from the host and, before 1.47.1, their times of access and change, too.
        void Edit(string script, string purpose) =>
            context.Tools.Run(new ToolInvocation("debugfs", "-w", "-f", "-", image) { Environment = environment, Input = script })
                .OrThrow($"{purpose} in '{image}'");
        Edit(DebugfsScript.ForDevices(context.Devices), "make device nodes");
        Edit(
            DebugfsScript.ForOwnersAndTimes(new Ext4Listing(image, context.Tools).Read(), context.Devices, context.Time),
            "set owners and times");
        return [Figure.Size("free", FreeBytes(image, size.Headroom, context.Tools))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<ImageEntry> Read(string image, string folder, ToolRunner tools)
    {
        // e2fsck reports no error if the end of a file system is missing.
        var length = new FileInfo(image).Length;
        var header = Header(image, tools);
        var size = Number(BlockCount(), header) * Number(BlockSize(), header);
        if (size > length)
        {
            throw new BuildException(
                $"The image '{image}' is truncated: it has {length} bytes, but its file system has {size}; "
                + "delete and rebuild it.");
        }

        tools.Run(new ToolInvocation("e2fsck", "-fn", image)).OrThrow($"find '{image}' free of errors");
        return new Ext4Reader(tools).Read(image, folder);
    }

    static long FreeBytes(string image, long headroom, ToolRunner tools)
    {
        var free = Number(FreeBlocks(), Header(image, tools)) * Ext4Size.BlockSize;
        return free >= headroom
            ? free
            : throw new BuildException(
                $"The image '{image}' has only {free} bytes free instead of {headroom}, because its size was computed wrongly; "
                + "this is a defect of the build.");
    }

    static string Header(string image, ToolRunner tools) =>
        tools.Run(new ToolInvocation("debugfs", "-R", "stats -h", image)).OrThrow($"read the superblock of '{image}'").Output;

    // If debugfs finds no file system, it still exits with 0, and no line matches; e2fsck reports the error.
    static long Number(Regex line, string header) =>
        long.TryParse(line.Match(header).Groups[1].Value, CultureInfo.InvariantCulture, out var number) ? number : 0;

    static HostTool Tool(string program) =>
        new([program], "e2fsprogs", [ToolNeed.Image, ToolNeed.Test]) { VersionArguments = ["-V"] };

    [GeneratedRegex(@"^Block count:\s+(\d+)$", RegexOptions.Multiline)]
    private static partial Regex BlockCount();

    [GeneratedRegex(@"^Block size:\s+(\d+)$", RegexOptions.Multiline)]
    private static partial Regex BlockSize();

    [GeneratedRegex(@"^Free blocks:\s+(\d+)$", RegexOptions.Multiline)]
    private static partial Regex FreeBlocks();
}

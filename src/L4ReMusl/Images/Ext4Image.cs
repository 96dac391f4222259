using L4ReMusl.Incremental;
using L4ReMusl.Processes;

namespace L4ReMusl.Images;

/// <summary>Makes ext4 images from trees: without root, and byte for byte the same from the same tree.</summary>
/// <param name="configuration">The settings of <c>mke2fs</c>, in the place of this machine's.</param>
/// <param name="time">The time of all files and of the file system itself.</param>
/// <param name="tools">Runs e2fsprogs, which must be 1.47.0 or newer.</param>
public sealed class Ext4Image(string configuration, DateTimeOffset time, ToolRunner tools)
{
    /// <summary>The label of the file system.</summary>
    public const string Label = "lsb_root";

    /// <summary>The version of e2fsprogs, which has a part in the bytes of an image.</summary>
    public string ToolVersion => field ??= tools.Run(new ToolInvocation("mke2fs", "-V")).OrThrow("ask mke2fs for its version").Error.Split('\n')[0];

    /// <summary>Makes an image.</summary>
    /// <param name="tree">The folder of its content.</param>
    /// <param name="image">The file to make.</param>
    /// <returns>Its size.</returns>
    /// <exception cref="BuildException">A name in the tree cannot be used, or e2fsprogs failed.</exception>
    public Ext4Size Write(string tree, string image)
    {
        // All the clocks that e2fsprogs reads: its own variable, and in versions from 1.47.1 the common one.
        var seconds = time.ToUnixTimeSeconds().ToString();
        var environment = new Dictionary<string, string>
        {
            ["MKE2FS_CONFIG"] = configuration,
            ["E2FSPROGS_FAKE_TIME"] = seconds,
            ["SOURCE_DATE_EPOCH"] = seconds,
        };
        var script = DebugfsScript.ForOwnersAndTimes(FileTree.List(tree), time);
        var size = Ext4Size.For(tree);
        var uuid = ContentUuid.Of(FileTree.ContentHash(tree));
        tools.Run(new ToolInvocation(
            "mke2fs", "-q", "-F", "-t", "ext4", "-T", "default",
            "-d", tree,
            "-L", Label,
            "-U", uuid.ToString(),
            "-b", Ext4Size.BlockSize.ToString(),
            "-N", size.Inodes.ToString(),
            "-J", $"size={Ext4Size.JournalMebibytes}",
            // The seed of folder hashes is random otherwise; extended attributes are this machine's, such as SELinux labels;
            // and what would be initialised at the first mount is so now.
            "-E", $"hash_seed={uuid},root_owner=0:0,no_copy_xattrs,lazy_itable_init=0,lazy_journal_init=0",
            image, size.Blocks.ToString())
        {
            Environment = environment,
        }).OrThrow($"make an ext4 image of '{tree}'");

        // mke2fs gives the files the owner that they have on this machine, and before 1.47.1 also their times of access and change.
        tools.Run(new ToolInvocation("debugfs", "-w", "-f", "-", image) { Environment = environment, Input = script })
            .OrThrow($"set owners and times in '{image}'");
        return size;
    }
}

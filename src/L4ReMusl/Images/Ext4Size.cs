using L4ReMusl.Foundation.Files;

namespace L4ReMusl.Images;

/// <summary>The size that an ext4 file system needs for a tree, with free space.</summary>
/// <param name="Blocks">Its size, in blocks.</param>
/// <param name="Inodes">The number of files, folders and links that it can hold.</param>
/// <param name="Headroom">The minimum free space in bytes: a quarter of the content, but at least 4 MiB.</param>
public sealed record Ext4Size(long Blocks, long Inodes, long Headroom)
{
    /// <summary>Bytes per block, as in <c>config/mke2fs.conf</c>.</summary>
    public const int BlockSize = 4096;

    /// <summary>The size of the journal in MiB: the smallest that ext4 allows.</summary>
    public const int JournalMebibytes = 4;

    const long Mebibyte = 1 << 20;
    const int InodeSize = 256, SpareInodes = 1024, LargestFolderEntry = 264;
    const int LinkInInode = 60; // A shorter target is in the inode itself (Linux, Documentation/filesystems/ext4/ifork.rst).

    /// <summary>The size in bytes.</summary>
    public long Bytes => Blocks * BlockSize;

    /// <summary>Computes the size for a tree.</summary>
    public static Ext4Size For(string tree)
    {
        var entries = FileTree.List(tree);
        var inodes = entries.Count + SpareInodes;

        // The sum for folders assumes names of maximum length, and an extra block per folder for its index.
        var files = entries.Sum(entry => RoundUp(entry.Length, BlockSize));
        var folders = RoundUp((long)entries.Count * LargestFolderEntry, BlockSize)
            + ((entries.Count(e => e.IsFolder) + 2) * 2L * BlockSize);
        var links = entries.Count(entry => entry.LinkTarget?.Length >= LinkInInode) * (long)BlockSize;
        var content = files + folders + links;
        var headroom = Math.Max(content / 4, 4 * Mebibyte);

        // Superblocks, group descriptors with space to grow, and bitmaps take less than one block in 32.
        var net = content + headroom + (inodes * InodeSize) + (JournalMebibytes * Mebibyte);
        var bytes = RoundUp(net + (net / 32) + Mebibyte, Mebibyte);
        return new Ext4Size(bytes / BlockSize, inodes, headroom);
    }

    static long RoundUp(long value, long unit) => (value + unit - 1) / unit * unit;
}

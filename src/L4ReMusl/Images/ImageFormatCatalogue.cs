namespace L4ReMusl.Images;

/// <summary>All image formats.</summary>
public static class ImageFormatCatalogue
{
    /// <summary>A writable file system, for disks.</summary>
    public static IImageFormat Ext4 { get; } = new Ext4Format();

    /// <summary>A small, read-only file system, for disks and flash.</summary>
    public static IImageFormat Squashfs { get; } = new SquashfsFormat();

    /// <summary>An initial RAM file system for Linux.</summary>
    public static IImageFormat Cpio { get; } = new CpioFormat();

    /// <summary>An archive, for containers and everything else.</summary>
    public static IImageFormat Tar { get; } = new TarFormat();

    /// <summary>All formats, in the order in which they are listed and made.</summary>
    public static IReadOnlyList<IImageFormat> All { get; } = [Ext4, Squashfs, Cpio, Tar];

    /// <summary>The formats that are made if the user names none.</summary>
    public static IReadOnlyList<IImageFormat> Default { get; } = [Ext4, Cpio];
}

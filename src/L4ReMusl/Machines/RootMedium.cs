namespace L4ReMusl.Machines;

/// <summary>How QEMU hands a root file system to the kernel.</summary>
/// <param name="ImageFormat">The format of the image, in the words of <c>--image-formats</c>.</param>
/// <param name="FileName">The image's name in a boot set.</param>
/// <param name="QemuArguments">The options of QEMU, which starts in the boot set's folder.</param>
/// <param name="KernelArguments">What the kernel's command line says of it.</param>
public sealed record RootMedium(string ImageFormat, string FileName, IReadOnlyList<string> QemuArguments, string KernelArguments)
{
    /// <summary>
    /// A disk. NVMe, because Debian's cloud kernel has the driver built in, as it has ext4.
    /// </summary>
    public static RootMedium Disk { get; } = new(
        "ext4",
        "lsb_root.img",
        ["-drive", "if=none,id=root,file=lsb_root.img,format=raw,snapshot=on", "-device", "nvme,drive=root,serial=root"],
        "root=/dev/nvme0n1 rootfstype=ext4 ro");

    /// <summary>
    /// An archive that the kernel unpacks into memory, for kernels whose drivers of disks and file systems are all modules.
    /// </summary>
    public static RootMedium Memory { get; } = new(
        "cpio.gz",
        "lsb_root.cpio.gz",
        ["-initrd", "lsb_root.cpio.gz"],
        "rdinit=/sbin/init");
}

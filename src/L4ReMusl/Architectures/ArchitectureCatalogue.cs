using L4ReMusl.Elf;

namespace L4ReMusl.Architectures;

/// <summary>The architectures that this project builds for.</summary>
public static class ArchitectureCatalogue
{
    /// <summary>32-bit ARM with hardware floating point (armhf).</summary>
    public static Architecture Arm { get; } = new()
    {
        Name = "arm",
        Triple = "arm-linux-musleabihf",
        CrossPrefixes = ["arm-linux-gnueabihf-", "arm-linux-musleabihf-", "armv7l-linux-musleabihf-"],
        CompilerPackage = "gcc-arm-linux-gnueabihf",
        LoaderArchitecture = "armhf",
        MuslArchitecture = "arm",
        Machine = ElfMachine.Arm,
        FloatAbi = ElfFloatAbi.Hard,
        QemuUser = "qemu-arm",
        CMakeProcessor = "arm",
        MesonFamily = "arm",
        RustTarget = "armv7-unknown-linux-musleabihf",
    };

    /// <summary>64-bit ARM.</summary>
    public static Architecture Arm64 { get; } = new()
    {
        Name = "arm64",
        Triple = "aarch64-linux-musl",
        CrossPrefixes = ["aarch64-linux-gnu-", "aarch64-linux-musl-"],
        CompilerPackage = "gcc-aarch64-linux-gnu",
        LoaderArchitecture = "aarch64",
        MuslArchitecture = "aarch64",
        Machine = ElfMachine.AArch64,
        QemuUser = "qemu-aarch64",
        CMakeProcessor = "aarch64",
        MesonFamily = "aarch64",
        RustTarget = "aarch64-unknown-linux-musl",
    };

    /// <summary>All of them, in the order in which they are built.</summary>
    public static IReadOnlyList<Architecture> All { get; } = [Arm, Arm64];
}

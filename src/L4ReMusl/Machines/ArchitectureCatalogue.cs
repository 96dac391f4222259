using L4ReMusl.Machines.Elf;

namespace L4ReMusl.Machines;

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
        BackendFlags = ["-marm", "-march=armv7-a+fp"],
        CMakeProcessor = "arm",
        MesonFamily = "arm",
        RustTargets = ["armv7-unknown-linux-musleabihf", "arm-unknown-linux-musleabihf"],
        KernelHeaders = new("/usr/arm-linux-gnueabihf/include", "linux-libc-dev-armhf-cross"),
        Emulation = new()
        {
            QemuSystem = "qemu-system-arm",
            QemuPackage = "qemu-system-arm",
            Machine = "virt",
            Processor = "cortex-a15",
            L4ReMachine = "virt,virtualization=true",
            Console = "ttyAMA0",
            DebianArchitecture = "armhf",
            KernelPackage = "linux-image-armmp-lpae",
            Root = RootMedium.Memory,
        },
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
        RustTargets = ["aarch64-unknown-linux-musl"],
        KernelHeaders = new("/usr/aarch64-linux-gnu/include", "linux-libc-dev-arm64-cross"),
        Emulation = new()
        {
            QemuSystem = "qemu-system-aarch64",
            QemuPackage = "qemu-system-arm",
            Machine = "virt",
            Processor = "cortex-a57",
            L4ReMachine = "virt,virtualization=true,gic-version=3",
            Console = "ttyAMA0",
            DebianArchitecture = "arm64",
            KernelPackage = "linux-image-cloud-arm64",
            Root = RootMedium.Disk,
        },
    };

    /// <summary>All of them, in the order in which they are built.</summary>
    public static IReadOnlyList<Architecture> All { get; } = [Arm, Arm64];
}

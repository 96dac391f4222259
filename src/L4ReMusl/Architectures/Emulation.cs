namespace L4ReMusl.Architectures;

/// <summary>What it takes to boot a root file system of an architecture in QEMU.</summary>
public sealed record Emulation
{
    /// <summary>The program that emulates the machine.</summary>
    public required string QemuSystem { get; init; }

    /// <summary>The Debian package that brings it.</summary>
    public required string QemuPackage { get; init; }

    /// <summary>QEMU's name of the machine.</summary>
    public required string Machine { get; init; }

    /// <summary>QEMU's name of the processor.</summary>
    public required string Processor { get; init; }

    /// <summary>The device of the machine's first serial line, in the kernel's words.</summary>
    public required string Console { get; init; }

    /// <summary>Debian's name of the kernel's architecture.</summary>
    public required string DebianArchitecture { get; init; }

    /// <summary>The Debian package that depends on the current kernel.</summary>
    public required string KernelPackage { get; init; }

    /// <summary>How the kernel gets the root file system.</summary>
    public required RootMedium Root { get; init; }

    /// <summary>The kernel's command line. A panic restarts the machine at once, on which QEMU is told to end.</summary>
    public string KernelArguments => $"console={Console} panic=-1 {Root.KernelArguments}";
}

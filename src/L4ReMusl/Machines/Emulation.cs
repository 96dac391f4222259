namespace L4ReMusl.Machines;

/// <summary>What booting a root file system of an architecture in QEMU takes.</summary>
public sealed record Emulation
{
    /// <summary>The program that emulates the machine.</summary>
    public required string QemuSystem { get; init; }

    /// <summary>The Debian package that contains it.</summary>
    public required string QemuPackage { get; init; }

    /// <summary>QEMU's name of the machine.</summary>
    public required string Machine { get; init; }

    /// <summary>QEMU's name of the processor.</summary>
    public required string Processor { get; init; }

    /// <summary>The device of the machine's first serial line, in the kernel's words.</summary>
    public required string Console { get; init; }

    /// <summary>Where its kernel comes from.</summary>
    public required DebianKernel Kernel { get; init; }

    /// <summary>How the kernel gets the root file system.</summary>
    public required RootMedium Root { get; init; }

    /// <summary>Debian's name of the kernel's architecture.</summary>
    public string DebianArchitecture => Kernel.Architecture;

    /// <summary>The Debian package that depends on the current kernel.</summary>
    public string KernelPackage => Kernel.Package;

    /// <summary>QEMU's options to run a program without a kernel; it reaches the host through Arm's semihosting.</summary>
    /// <param name="program">The path of an ELF file.</param>
    /// <param name="arguments">The program's arguments after its name.</param>
    public IReadOnlyList<string> BareArguments(string program, params IEnumerable<string> arguments) =>
    [
        "-machine", Machine, "-cpu", Processor, "-nodefaults", "-display", "none",
        "-semihosting-config",
        "enable=on,target=native"
            + string.Concat(arguments.Prepend(Path.GetFileName(program)).Select(argument => $",arg={Escaped(argument)}")),
        "-kernel", program,
    ];

    // A single comma would begin QEMU's next option.
    static string Escaped(string argument) => argument.Replace(",", ",,", StringComparison.Ordinal);

    /// <summary>The kernel's command line. A panic restarts the machine at once, and QEMU exits when that happens.</summary>
    public string KernelArguments => $"console={Console} panic=-1 {Root.KernelArguments}";
}

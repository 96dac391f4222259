namespace L4ReMusl.Boot;

/// <summary>A boot image of L4Re: an entry of <c>pkg/musl/assets/modules.list</c>, or of that of the examples.</summary>
/// <param name="Name">The entry's name.</param>
/// <param name="Package">The package that has the modules list.</param>
/// <param name="IsTested">Whether it powers off when it is done, so that the smoke test can boot it.</param>
public sealed record BootEntry(string Name, string Package, bool IsTested)
{
    /// <summary>The runtime as modules, which a script of Ned checks.</summary>
    public static BootEntry Modules { get; } = new("musl-modules", "musl", true);

    /// <summary>The root file system under Linux in L4Re's virtual machine monitor, with a shell on the console.</summary>
    public static BootEntry VirtualMachine { get; } = new("musl-vm", "musl", false);

    /// <summary>The same, but the guest runs its self-test and powers off.</summary>
    public static BootEntry VirtualMachineTest { get; } = new("musl-vm-smoke", "musl", true);

    /// <summary>Programs of the l4re flavour as tasks of L4Re.</summary>
    public static BootEntry Native { get; } = new("musl-native", "musl", true);

    /// <summary>The root file system without Linux, as tasks of L4Re, with a shell on the console.</summary>
    public static BootEntry Linux { get; } = new("musl-linux", "musl", false);

    /// <summary>The same, but it runs tests and powers off.</summary>
    public static BootEntry LinuxTest { get; } = new("musl-linux-smoke", "musl", true);

    /// <summary>Programs of the package of examples, which use L4Re's own interfaces, too.</summary>
    public static BootEntry Example { get; } = new("musl-example", "musl-example", true);

    /// <summary>The modules list, as L4Re's make finds it.</summary>
    public string ModulesList => $"{Package}/modules.list";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<BootEntry> All { get; } =
        [Modules, VirtualMachine, VirtualMachineTest, Native, Linux, LinuxTest, Example];

    /// <inheritdoc/>
    public override string ToString() => Name;
}

namespace L4ReMusl.Boot;

/// <summary>A boot image of L4Re: an entry of <c>pkg/musl/assets/modules.list</c>.</summary>
/// <param name="Name">The entry's name.</param>
/// <param name="IsTested">Whether it powers off when it is done, so that the smoke test can boot it.</param>
public sealed record BootEntry(string Name, bool IsTested)
{
    /// <summary>The runtime as modules, which a script of Ned checks.</summary>
    public static BootEntry Modules { get; } = new("musl-modules", true);

    /// <summary>The root file system under Linux in L4Re's virtual machine monitor, with a shell on the console.</summary>
    public static BootEntry VirtualMachine { get; } = new("musl-vm", false);

    /// <summary>The same, but the guest runs its self-test and powers off.</summary>
    public static BootEntry VirtualMachineTest { get; } = new("musl-vm-smoke", true);

    /// <summary>Programs of the l4re flavour as tasks of L4Re.</summary>
    public static BootEntry Native { get; } = new("musl-native", true);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<BootEntry> All { get; } = [Modules, VirtualMachine, VirtualMachineTest, Native];

    /// <inheritdoc/>
    public override string ToString() => Name;
}

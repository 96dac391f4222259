namespace L4ReMusl.Musl;

/// <summary>How musl makes a system call.</summary>
/// <param name="Name">The word that users type.</param>
public sealed record Flavour(string Name)
{
    /// <summary>With the instruction that Linux expects, as in upstream's musl.</summary>
    public static Flavour Linux { get; } = new("linux");

    /// <summary>By calling a function, which a backend library defines: musl without a Linux kernel. Static only.</summary>
    public static Flavour L4Re { get; } = new("l4re");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Flavour> All { get; } = [Linux, L4Re];

    /// <inheritdoc/>
    public override string ToString() => Name;
}

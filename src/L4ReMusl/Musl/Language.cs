namespace L4ReMusl.Musl;

/// <summary>A language that a prefix has a compiler and a standard library for.</summary>
/// <param name="Name">The word that users type.</param>
public sealed record Language(string Name)
{
    /// <summary>C, which every prefix has.</summary>
    public static Language C { get; } = new("c");

    /// <summary>C++, whose standard library takes longer to build than musl.</summary>
    public static Language Cxx { get; } = new("c++");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Language> All { get; } = [C, Cxx];

    /// <inheritdoc/>
    public override string ToString() => Name;
}

using L4ReMusl.Foundation.Text;

namespace L4ReMusl.Machines;

/// <summary>A Rust target, and the architecture whose prefix serves it.</summary>
/// <param name="Name">Rust's name of it.</param>
/// <param name="Architecture">The architecture.</param>
public sealed record RustTarget(string Name, Architecture Architecture)
{
    /// <summary>The name as it stands in cargo's environment variables.</summary>
    public string Variable => Underscored.ToUpperInvariant();

    /// <summary>The name as it stands in the environment variables that build scripts of crates read.</summary>
    public string Underscored => Name.Replace('-', '_');
}

/// <summary>The Rust targets that prefixes serve.</summary>
public static class RustTargets
{
    /// <summary>The usual target of an architecture.</summary>
    public static RustTarget Of(Architecture architecture) => new(architecture.RustTargets[0], architecture);

    /// <summary>The targets to work on: those that the user names, or the usual one of each selected architecture.</summary>
    /// <param name="names">What the user named.</param>
    /// <param name="architectures">The selected architectures.</param>
    /// <exception cref="BuildException">There is no such target, or its architecture is not selected.</exception>
    public static IReadOnlyList<RustTarget> Select(IReadOnlyList<string> names, IReadOnlyList<Architecture> architectures)
    {
        if (names.Count == 0)
            return [.. architectures.Select(Of)];
        RustTarget[] known =
        [
            .. from architecture in architectures
               from name in architecture.RustTargets
               select new RustTarget(name, architecture),
        ];
        var valid = known.Select(target => target.Name).ToList();
        return
        [
            .. names.Select(name => known.FirstOrDefault(target => target.Name == name) ?? throw new BuildException(
                $"'{name}' is not a Rust target of the selected architectures. "
                + $"Valid for --rust-targets: {string.Join(", ", valid)}.{NearestMatch.Question(name, valid)}")),
        ];
    }
}

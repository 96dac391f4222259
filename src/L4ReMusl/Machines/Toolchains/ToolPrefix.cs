namespace L4ReMusl.Machines.Toolchains;

/// <summary>What is said to users about the prefixes of cross tools, wherever one turns out to be wrong.</summary>
public static class ToolPrefix
{
    /// <summary>What to do about a user's prefix that leads to no compiler: the rest of a sentence or two.</summary>
    /// <param name="architecture">What it was to compile for.</param>
    /// <param name="prefix">The prefix.</param>
    public static string Correction(Architecture architecture, string prefix) =>
        $"correct '{Option(architecture)} {prefix}' or {architecture.CrossVariable}, which must be what the names of the tools "
        + $"begin with; or leave it out, and install the package '{architecture.CompilerPackage}'.{Question(prefix)}";

    /// <summary>What to do where the compiler that is there is not the right one, or none is: the rest of a sentence.</summary>
    /// <param name="architecture">What it was to compile for.</param>
    public static string Alternative(Architecture architecture) =>
        $"install the package '{architecture.CompilerPackage}', or name another tool prefix with {Option(architecture)} "
        + $"or {architecture.CrossVariable}.";

    static string Option(Architecture architecture) => $"--cross-compile-{architecture.Name}";

    // The usual mistake. A prefix that ends in a slash is one of tools without a prefix of their own.
    static string Question(string prefix) =>
        prefix.Length > 0 && char.IsLetterOrDigit(prefix[^1]) ? $" Did you mean '{prefix}-', with a dash at its end?" : "";
}

namespace L4ReMusl.Machines.Toolchains;

/// <summary>The advice in errors about the prefixes of cross tools.</summary>
public static class ToolPrefix
{
    /// <summary>What to do about a user's prefix that leads to no compiler: the end of a sentence, and perhaps another.</summary>
    /// <param name="architecture">What it was to compile for.</param>
    /// <param name="prefix">The prefix.</param>
    public static string Correction(Architecture architecture, string prefix) =>
        $"correct '{Option(architecture)} {prefix}' or {architecture.CrossVariable}, which must be what the names of the tools "
        + $"begin with; or leave it out, and install the package '{architecture.CompilerPackage}'.{Question(prefix)}";

    /// <summary>What to do if there is no compiler, or not the right one: the end of a sentence.</summary>
    /// <param name="architecture">What it was to compile for.</param>
    public static string Alternative(Architecture architecture) =>
        $"install the package '{architecture.CompilerPackage}', or name another tool prefix with {Option(architecture)} "
        + $"or {architecture.CrossVariable}.";

    static string Option(Architecture architecture) => $"--cross-compile-{architecture.Name}";

    // The usual mistake. A prefix that ends in a slash names a folder of tools without prefixes.
    static string Question(string prefix) =>
        prefix.Length > 0 && char.IsLetterOrDigit(prefix[^1]) ? $" Did you mean '{prefix}-', with a dash at its end?" : "";
}

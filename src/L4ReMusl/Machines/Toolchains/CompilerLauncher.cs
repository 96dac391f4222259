namespace L4ReMusl.Machines.Toolchains;

/// <summary>
/// A program that the user puts in front of the compiler: it keeps objects, or has another machine make them.
/// </summary>
/// <param name="Program">Its name or path.</param>
public sealed record CompilerLauncher(string Program)
{
    // They send a compiler's name to other machines, where a program of that name does the work.
    static readonly string[] Distributors = ["distcc", "icecc"];

    bool Distributes => Distributors.Contains(Path.GetFileName(Program));

    /// <summary>What to use as <c>CC</c>.</summary>
    /// <param name="launcher">The launcher, if there is one.</param>
    /// <param name="compiler">The compiler.</param>
    public static string Call(CompilerLauncher? launcher, string compiler) =>
        launcher is null ? compiler : $"{launcher.Program} {compiler}";

    /// <summary>
    /// What to use as <c>CC</c> if the compiler is the wrapper of a prefix. Other machines don't have it, or have another one by
    /// the same name.
    /// </summary>
    /// <param name="launcher">The launcher, if there is one.</param>
    /// <param name="wrapper">The name of the wrapper.</param>
    public static string CallWrapper(CompilerLauncher? launcher, string wrapper) =>
        Call(launcher is { Distributes: true } ? null : launcher, wrapper);

    /// <summary>The variables that launchers need to treat the wrapper of a prefix as a compiler.</summary>
    /// <param name="toolchain">The compiler that it calls.</param>
    /// <remarks>
    /// The wrapper is a new file each time, and looks the same whichever compiler it calls; so ccache and sccache are told what
    /// the result depends on. CCACHE_PREFIX may be a launcher that distributes.
    /// https://ccache.dev/manual/4.7.5.html, "compiler_check"; sccache's docs/Configuration.md.
    /// </remarks>
    public static IReadOnlyDictionary<string, string> VariablesForWrapper(Toolchain toolchain) => new Dictionary<string, string>
    {
        ["CCACHE_COMPILERCHECK"] = $"string:{toolchain.Identity}",
        ["CCACHE_PREFIX"] = "",
        ["SCCACHE_C_CUSTOM_CACHE_BUSTER"] = toolchain.Identity,
    };
}

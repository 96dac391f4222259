using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines.Toolchains;

namespace L4ReMusl.L4Re;

/// <summary>Runs an L4Re tree's own make.</summary>
/// <param name="tree">The tree.</param>
/// <param name="toolchain">The compiler to use if neither the tree nor the user's environment names one.</param>
/// <param name="log">Keeps its output.</param>
public sealed class TreeMake(L4ReTree tree, Toolchain toolchain, CommandLog log)
{
    // Users set these to name the compiler, and the folders of the kernel and other modules of boot images.
    static readonly string[] Inherited = ["CROSS_COMPILE", "MODULE_SEARCH_PATH"];

    /// <summary>Runs make in the source tree, for the build folder.</summary>
    /// <param name="purpose">What it is for, as in "could not …".</param>
    /// <param name="arguments">Targets and variables.</param>
    /// <exception cref="BuildException">It failed.</exception>
    public void Run(string purpose, params IReadOnlyList<string> arguments) =>
        Make(purpose, ["-C", tree.Source, $"O={tree.Build}", .. arguments]);

    /// <summary>Runs make in the folder of a package that is not in the tree, for the build folder.</summary>
    /// <param name="purpose">What it is for, as in "could not …".</param>
    /// <param name="package">The folder.</param>
    /// <param name="arguments">Targets and variables.</param>
    /// <exception cref="BuildException">It failed.</exception>
    public void RunOutside(string purpose, string package, params IReadOnlyList<string> arguments) =>
        Make(purpose, ["-C", package, $"L4DIR={tree.Source}", $"O={tree.Build}", .. arguments]);

    void Make(string purpose, IReadOnlyList<string> arguments) => log.Run(
        purpose,
        new ToolInvocation("make", ["--no-print-directory", .. arguments]) { Environment = Variables() });

    Dictionary<string, string> Variables()
    {
        var variables = new Dictionary<string, string> { ["CROSS_COMPILE"] = toolchain.Prefix };
        foreach (var name in Inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
                variables[name] = value;
        }

        return variables;
    }
}

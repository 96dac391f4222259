using L4ReMusl.Machines;
using L4ReMusl.Machines.Toolchains;

namespace L4ReMusl.Graph;

/// <summary>The cross compilers of a build, each found once.</summary>
/// <param name="context">Holds the user's tool prefixes, and runs the compilers.</param>
public sealed class Toolchains(BuildContext context)
{
    readonly ToolchainLocator locator = new(context.Tools);

    PerArchitecture<Toolchain> Found => field ??= new(architecture =>
        locator.Locate(architecture, context.Settings.CrossPrefixes.GetValueOrDefault(architecture.Name)));

    /// <summary>The compiler for an architecture.</summary>
    /// <exception cref="BuildException">No compiler was found.</exception>
    public Toolchain this[Architecture architecture] => Found[architecture];

    /// <summary>
    /// Checks that a compiler generates code for its architecture. Slow; only for compilers that will be used.
    /// </summary>
    /// <exception cref="BuildException">It does not.</exception>
    public void Verify(Architecture architecture) => locator.Verify(Found[architecture]);
}

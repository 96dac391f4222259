using L4ReMusl.Machines;
using L4ReMusl.Machines.Toolchains;

namespace L4ReMusl.Graph;

/// <summary>The cross compilers of a build, each found once.</summary>
/// <param name="context">The user's tool prefixes, and what asks compilers for their versions.</param>
public sealed class Toolchains(BuildContext context)
{
    readonly ToolchainLocator locator = new(context.Tools);

    PerArchitecture<Toolchain> Found => field ??= new(architecture =>
        locator.Locate(architecture, context.Settings.CrossPrefixes.GetValueOrDefault(architecture.Name)));

    /// <summary>The compiler for an architecture.</summary>
    /// <exception cref="BuildException">There is none.</exception>
    public Toolchain this[Architecture architecture] => Found[architecture];

    /// <summary>Checks that a compiler compiles for what it should. Worth its time only before it is used.</summary>
    /// <exception cref="BuildException">It does not.</exception>
    public void Verify(Architecture architecture) => locator.Verify(Found[architecture]);
}

using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines;
using L4ReMusl.Musl;

namespace L4ReMusl.Backend;

/// <summary>Runs the test program of the l4re flavour.</summary>
/// <param name="architecture">What the programs are for.</param>
/// <param name="programs">The folder with one program for each backend (see <see cref="FlavourTestStage"/>).</param>
/// <param name="tools">Runs emulators.</param>
public sealed class FlavourTest(Architecture architecture, string programs, ToolRunner tools)
{
    readonly BackendPrograms programs = new(
        architecture,
        programs,
        $"the test program of the {Flavour.L4Re} flavour",
        ", or run with a lower --smoke-level",
        tools);

    /// <summary>Runs all checks, including those that need Linux, in user-mode emulation.</summary>
    /// <returns>The names of the checks, all of which passed.</returns>
    public IReadOnlyList<string> RunOnLinux() => programs.RunOnLinux("linux");

    /// <summary>Runs the checks in an emulated machine without a kernel.</summary>
    /// <returns>The names of the checks, all of which passed.</returns>
    public IReadOnlyList<string> RunOnBareMachine() => programs.RunOnBareMachine();
}

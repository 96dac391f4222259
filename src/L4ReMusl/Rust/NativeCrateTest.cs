using L4ReMusl.Backend;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Machines;
using L4ReMusl.Musl;

namespace L4ReMusl.Rust;

/// <summary>Runs the programs that <see cref="NativeCrateStage"/> made.</summary>
/// <param name="architecture">The architecture of the programs.</param>
/// <param name="programs">Their folder.</param>
/// <param name="tools">Runs emulators.</param>
public sealed class NativeCrateTest(Architecture architecture, string programs, ToolRunner tools)
{
    readonly BackendPrograms programs = new(architecture, programs, $"the program {NativeCrateStage.Crate}", "", tools);

    /// <summary>Runs them all.</summary>
    /// <returns>How many checks passed on each backend.</returns>
    public Figure Run() => new(
        $"{architecture} {Flavour.L4Re}",
        $"{NativeCrateStage.Crate} {RunOnLinux().Count} passed on {BackendPrograms.Linux}, "
        + $"{RunOnBareMachine().Count} passed on {BackendPrograms.Semihosting}");

    /// <inheritdoc cref="BackendPrograms.RunOnLinux"/>
    public IReadOnlyList<string> RunOnLinux(params IReadOnlyList<string> arguments) => programs.RunOnLinux(arguments);

    /// <inheritdoc cref="BackendPrograms.RunOnBareMachine"/>
    public IReadOnlyList<string> RunOnBareMachine(params IReadOnlyList<string> arguments) => programs.RunOnBareMachine(arguments);
}

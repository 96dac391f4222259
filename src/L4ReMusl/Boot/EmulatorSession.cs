using L4ReMusl.Foundation.Processes;
using L4ReMusl.Layout;
using L4ReMusl.Machines;

namespace L4ReMusl.Boot;

/// <summary>Boots a boot set for a person at this terminal.</summary>
/// <param name="layout">Where the boot sets are.</param>
/// <param name="architectures">The selected architectures.</param>
/// <param name="l4re">The image of L4Re to boot; <see langword="null"/> for the root file system under Linux.</param>
public sealed class EmulatorSession(BuildLayout layout, IReadOnlyList<Architecture> architectures, BootEntry? l4re = null)
{
    /// <summary>Checks that one architecture is selected, and that there is a terminal, before anything is built.</summary>
    /// <exception cref="BuildException">One of the two is not so.</exception>
    public void Validate()
    {
        if (architectures is not [{ } architecture])
            throw new BuildException(
                $"Run boots one architecture, and {architectures.Count} are selected; choose with --architectures, as in "
                + $"'Run --architectures {architectures.LastOrDefault(a => a.Emulation is not null)}'.");
        if (!TerminalProgram.HasTerminal)
            throw new BuildException(
                "Run needs a terminal, and stdin or stdout is not a terminal. In a script, make the boot set with the target "
                + $"Image, and start {Path.GetRelativePath(layout.Root, ScriptOf(architecture))}.");
    }

    /// <summary>Boots, and returns when the emulator has ended.</summary>
    /// <returns>The emulator's exit code.</returns>
    public int Run() => TerminalProgram.Run(ScriptOf(architectures[0]), l4re is null ? [] : [l4re.Name]);

    string ScriptOf(Architecture architecture) =>
        Path.Combine(layout.BootSet(architecture), l4re is null ? BootSetTemplates.Script : BootSetTemplates.L4ReScript);
}

using L4ReMusl.Checks;
using L4ReMusl.Components;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines;
using L4ReMusl.Root;

namespace L4ReMusl.Smoke;

/// <summary>
/// Runs programs of a root file system in user-mode emulation: the self-test, and the checks that components declare.
/// </summary>
/// <param name="architecture">What the root file system is for.</param>
/// <param name="components">The components in it.</param>
/// <param name="tools">Runs the emulator.</param>
public sealed class ProgramChecks(Architecture architecture, IReadOnlyList<Component> components, ToolRunner tools)
{
    /// <summary>Runs all checks.</summary>
    /// <param name="folder">The root file system.</param>
    /// <returns>The names of the checks, all of which passed.</returns>
    /// <exception cref="BuildException">A check failed.</exception>
    public IReadOnlyList<string> Run(string folder)
    {
        var root = new RootFsTree(folder);
        var names = new List<string>(new SelfTestRunner(architecture, tools).Run(folder));
        foreach (var component in components)
        {
            foreach (var check in component.Checks.Where(check => !check.IsForBootedSystem))
            {
                Run(folder, root, check, check.FullName(component));
                names.Add(check.FullName(component));
            }
        }

        return names;
    }

    void Run(string folder, RootFsTree root, ComponentCheck check, string name)
    {
        // The emulator gets the real file, and separately the name to call it by, because it would follow a link on this machine.
        var program = root.Resolve(check.Command[0])
            ?? throw new BuildException(
                $"The check {name} needs {check.Command[0]}, which is not in the root file system for {architecture}.");
        var result = tools.Run(new ToolInvocation(
            architecture.QemuUser, ["-0", check.Command[0], "-L", folder, folder + program, .. check.Command.Skip(1)])
        {
            Timeout = TimeSpan.FromMinutes(1),
        });
        var expected = check.OutputOn(architecture);
        if (result.Succeeded && result.Output.TrimEnd('\n') == expected)
            return;
        var error = result.Error.Length > 0 ? $" It said: {result.Error.Trim()}" : "";
        throw new BuildException(
            $"The check {name} failed for {architecture}: '{string.Join(' ', check.Command)}' ended with exit code "
            + $"{result.ExitCode} and printed '{result.Output.TrimEnd('\n')}' instead of '{expected}'.{error}");
    }
}

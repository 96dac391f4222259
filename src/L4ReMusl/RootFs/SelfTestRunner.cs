using L4ReMusl.Architectures;
using L4ReMusl.Processes;

namespace L4ReMusl.RootFs;

/// <summary>Runs the self-test of a root file system in user-mode emulation.</summary>
/// <param name="architecture">What the root file system is for.</param>
/// <param name="tools">Runs the emulator.</param>
public sealed class SelfTestRunner(Architecture architecture, ToolRunner tools)
{
    const string Line = "SELF-TEST ";

    /// <summary>Runs the self-test.</summary>
    /// <param name="root">The root file system's folder.</param>
    /// <returns>The names of the checks, all of which passed.</returns>
    /// <exception cref="BuildException">A check failed, the program did not come to its end, or there is no emulator.</exception>
    /// <remarks>
    /// QEMU's <c>-L</c> is not a chroot: paths that the root does not have are looked up on this machine. So the program checks by
    /// itself that what it runs on is ours.
    /// </remarks>
    public IReadOnlyList<string> Run(string root)
    {
        if (tools.Find(architecture.QemuUser) is not { } emulator)
            throw new BuildException(
                $"'{architecture.QemuUser}', which runs the self-test for {architecture}, was not found; install QEMU's user-mode emulation "
                + "(on Debian the package qemu-user), or add its folder to PATH.");
        var program = Path.Combine(root, SelfTestProgram.InstalledPath.TrimStart('/'));
        return Judge(tools.Run(new ToolInvocation(emulator, "-L", root, program) { Timeout = TimeSpan.FromMinutes(2) }));
    }

    string[] Judge(ToolResult result)
    {
        var lines = result.Output.Split('\n').Where(line => line.StartsWith(Line, StringComparison.Ordinal)).ToList();
        var failed = lines.Where(line => line.Split(' ') is [_, not "END", "FAIL", ..]).ToList();
        if (failed.Count > 0)
            throw new BuildException(
                $"The self-test of the root file system for {architecture} failed:"
                + string.Concat(failed.Select(line => $"{Environment.NewLine}  {line[Line.Length..]}")));

        string[] passed = [.. lines.Select(line => line.Split(' ')).Where(words => words is [_, not "END", "ok", ..]).Select(words => words[1])];
        if (!result.Succeeded || passed.Length == 0 || lines[^1] != $"{Line}END ok passed={passed.Length} failed=0")
            throw new BuildException(
                $"The self-test of the root file system for {architecture} did not come to its end: after {passed.Length} checks it ended with "
                + $"exit code {result.ExitCode}{(result.Error.Length > 0 ? $" and said: {result.Error.Trim()}" : "")}.");
        return passed;
    }
}

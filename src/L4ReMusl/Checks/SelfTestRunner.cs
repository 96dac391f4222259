using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines;

namespace L4ReMusl.Checks;

/// <summary>Runs the self-test of a root file system in user-mode emulation.</summary>
/// <param name="architecture">What the root file system is for.</param>
/// <param name="tools">Runs the emulator.</param>
public sealed class SelfTestRunner(Architecture architecture, ToolRunner tools)
{
    /// <summary>Runs the self-test.</summary>
    /// <param name="root">The root file system's folder.</param>
    /// <returns>The names of the checks, all of which passed.</returns>
    /// <exception cref="BuildException">A check failed, the program did not finish, or there is no emulator.</exception>
    /// <remarks>
    /// QEMU's <c>-L</c> is not a chroot: paths that the root does not have are looked up on this machine. So the program itself
    /// checks that it runs on our libc.
    /// </remarks>
    public IReadOnlyList<string> Run(string root)
    {
        if (tools.Find(architecture.QemuUser) is not { } emulator)
            throw new BuildException(
                $"'{architecture.QemuUser}', which runs the self-test for {architecture}, was not found; install QEMU's "
                + "user-mode emulation (on Debian the package qemu-user), or add its folder to PATH.");
        var program = Path.Combine(root, SelfTestProgram.InstalledPath.TrimStart('/'));
        return CheckReport.AllPassed(
            tools.Run(new ToolInvocation(emulator, "-L", root, program) { Timeout = TimeSpan.FromMinutes(2) }),
            $"The self-test of the root file system for {architecture}");
    }
}

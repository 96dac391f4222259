using System.ComponentModel;
using System.Diagnostics;

namespace L4ReMusl.Foundation.Processes;

/// <summary>Hands the terminal to an interactive program until it ends.</summary>
/// <remarks>
/// Unlike a program that <see cref="ToolRunner"/> runs, it has the user's whole environment and no time limit, and its output is
/// not kept.
/// </remarks>
public static class TerminalProgram
{
    /// <summary>Whether stdin and stdout are a terminal.</summary>
    public static bool HasTerminal => !Console.IsInputRedirected && !Console.IsOutputRedirected;

    /// <summary>Runs a program.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Its exit code.</returns>
    /// <exception cref="BuildException">It cannot be started.</exception>
    public static int Run(string path, IReadOnlyList<string> arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(path, arguments) { UseShellExecute = false })!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (Win32Exception e)
        {
            throw new BuildException($"'{path}' could not be started: {e.Message}.", e);
        }
    }
}

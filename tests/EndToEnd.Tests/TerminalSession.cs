using System.Diagnostics;
using System.Text;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>
/// A program at its own terminal, which the program <c>script</c> (util-linux) provides, and a user who types and reads there.
/// </summary>
sealed class TerminalSession : IDisposable
{
    readonly Process process;
    readonly StringBuilder screen = new();
    int read;

    /// <param name="command">The command, for a shell.</param>
    /// <param name="variables">Environment variables on top of the usual ones.</param>
    public TerminalSession(string command, IReadOnlyDictionary<string, string>? variables = null)
    {
        var start = new ProcessStartInfo("script", ["--quiet", "--return", "--flush", "--command", command, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        // The tests may run on a CI system, whose logs have colours.
        foreach (var name in (string[])["GITHUB_ACTIONS", "TF_BUILD"])
            start.Environment.Remove(name);
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        process = Process.Start(start)!;
        new Thread(Read) { IsBackground = true }.Start();
    }

    /// <summary>All output of the terminal.</summary>
    public string Screen
    {
        get
        {
            lock (screen)
                return screen.ToString();
        }
    }

    /// <summary>Waits for a text to appear after the last one it waited for.</summary>
    public void WaitFor(string text)
    {
        var deadline = Stopwatch.StartNew();
        lock (screen)
        {
            int found;
            while ((found = screen.ToString().IndexOf(text, read, StringComparison.Ordinal)) < 0)
            {
                if (deadline.Elapsed > TimeSpan.FromMinutes(3) || (process.HasExited && !Monitor.Wait(screen, 2000)))
                    throw new InvalidOperationException($"'{text}' did not appear. On the terminal was:\n{screen}");
                Monitor.Wait(screen, 200);
            }

            read = found + text.Length;
        }
    }

    /// <summary>Types a line.</summary>
    public void Type(string line)
    {
        process.StandardInput.Write(line + "\n");
        process.StandardInput.Flush();
    }

    /// <summary>Waits for the program to end.</summary>
    /// <returns>Its exit code.</returns>
    public int WaitForExit() => process.WaitForExit(TimeSpan.FromMinutes(3))
        ? process.ExitCode
        : throw new InvalidOperationException($"The program did not end. On the terminal was:\n{Screen}");

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    void Read()
    {
        var buffer = new char[4096];
        for (int count; (count = process.StandardOutput.Read(buffer)) > 0;)
        {
            lock (screen)
            {
                screen.Append(buffer, 0, count);
                Monitor.PulseAll(screen);
            }
        }
    }
}

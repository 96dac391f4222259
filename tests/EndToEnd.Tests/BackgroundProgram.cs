using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using L4ReMusl.Foundation.Processes;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>
/// A server that runs beside a test, with all that it starts. It ends with the tests, even if those are killed.
/// </summary>
sealed class BackgroundProgram : IDisposable
{
    const string UntilInputEnds =
        "log=$1; shift; setsid \"$@\" < /dev/null > \"$log\" 2>&1 & read -r _; kill -9 -$! 2> /dev/null";

    readonly Process shell;
    readonly string log;

    /// <param name="log">The file that gets its output.</param>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="variables">Environment variables on top of those that tools get.</param>
    public BackgroundProgram(
        string log, IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? variables = null)
    {
        this.log = log;
        var start = new ProcessStartInfo("sh", ["-c", UntilInputEnds, "sh", log, .. command]) { RedirectStandardInput = true };
        start.Environment.Clear();
        foreach (var (name, value) in ToolEnvironment.FromHost().Variables.Concat(variables ?? new Dictionary<string, string>()))
            start.Environment[name] = value;
        shell = Process.Start(start)!;
    }

    /// <summary>The identifier of the shell that waits for its end, which is in the same namespaces.</summary>
    public int Id => shell.Id;

    /// <summary>Its output so far.</summary>
    public string Output => File.Exists(log) ? File.ReadAllText(log) : "";

    /// <summary>A port of 127.0.0.1 that nobody uses.</summary>
    public static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    /// <summary>Waits until a port of 127.0.0.1 answers.</summary>
    public void WaitForPort(int port) => WaitUntil(() =>
    {
        using var client = new TcpClient();
        try
        {
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    });

    /// <summary>Waits for something that it does.</summary>
    public void WaitUntil(Func<bool> isSo)
    {
        var clock = Stopwatch.StartNew();
        while (!isSo())
        {
            if (clock.Elapsed > TimeSpan.FromSeconds(60))
            {
                Stop();
                throw new InvalidOperationException($"The server did not start: {Output}");
            }

            Thread.Sleep(100);
        }
    }

    /// <summary>Ends it.</summary>
    public void Stop()
    {
        shell.StandardInput.Close();
        shell.WaitForExit();
    }

    public void Dispose()
    {
        if (!shell.HasExited)
            Stop();
        shell.Dispose();
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.IO.Pipes;
using System.Text;

namespace L4ReMusl.Foundation.Processes;

/// <summary>Runs external programs in a controlled environment.</summary>
/// <param name="environment">The variables that every program gets.</param>
/// <param name="jobs">What programs share their jobs with; <see langword="null"/> if each has one job.</param>
public sealed class ToolRunner(ToolEnvironment environment, JobServer? jobs = null)
{
    readonly RunningPrograms running = new();

    // How long killed programs may take to end.
    static readonly TimeSpan Mourning = TimeSpan.FromSeconds(5);

    /// <summary>Runs a program to its end and captures its output.</summary>
    /// <param name="invocation">The call.</param>
    /// <param name="onLine">Receives every line of output and error as it comes, from one thread at a time.</param>
    /// <exception cref="BuildException">The program cannot be started, or reached its time limit.</exception>
    public ToolResult Run(ToolInvocation invocation, Action<string>? onLine = null)
    {
        var (output, error) = (new StringBuilder(), new StringBuilder());
        return Run(invocation, output, error, onLine) ?? throw new BuildException(
            $"'{invocation}' did not end within {invocation.Timeout.TotalSeconds:0} s and was killed.{LastLines(output, error)}");
    }

    /// <summary>Runs a program that is expected to reach its time limit now and then.</summary>
    /// <param name="invocation">The call.</param>
    /// <param name="onLine">Receives every line of output and error as it comes, from one thread at a time.</param>
    /// <returns>The result; <see langword="null"/> if the program reached its time limit and was killed.</returns>
    /// <exception cref="BuildException">The program cannot be started.</exception>
    public ToolResult? RunWithin(ToolInvocation invocation, Action<string> onLine) =>
        Run(invocation, new StringBuilder(), new StringBuilder(), onLine);

    ToolResult? Run(ToolInvocation invocation, StringBuilder output, StringBuilder error, Action<string>? onLine)
    {
        using var process = Start(invocation);
        using var registration = running.Add(process);
        var gate = new Lock();
        PipeStream[] pipes = [(PipeStream)process.StandardOutput.BaseStream, (PipeStream)process.StandardError.BaseStream];
        // Waits for the end of the output as well, because a program that it started may go on writing.
        var end = Task.WhenAll(
            process.WaitForExitAsync(),
            Read(process.StandardOutput, output),
            Read(process.StandardError, error));
        Feed(process, invocation.Input);
        if (!WaitFor(end, invocation.Timeout))
        {
            RunningPrograms.Kill(process);
            PipeHolders.Kill(pipes);
            WaitFor(end, Mourning);
            return null;
        }

        if (running.IsStopped)
            throw new BuildException($"'{invocation.Tool}' was stopped, because the build ends.");
        return new ToolResult(invocation, process.ExitCode, output.ToString(), error.ToString());

        async Task Read(StreamReader reader, StringBuilder text)
        {
            while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                lock (gate)
                {
                    text.Append(line).Append('\n');
                    onLine?.Invoke(line);
                }
            }
        }
    }

    // Like Task.Wait, but exceptions of onLine are not wrapped.
    static bool WaitFor(Task end, TimeSpan timeout)
    {
        var isOver = ((IAsyncResult)end).AsyncWaitHandle.WaitOne(timeout);
        if (isOver)
            end.GetAwaiter().GetResult();
        return isOver;
    }

    /// <summary>Kills all programs that are running, with what they have started. No other can be started after that.</summary>
    public void Stop() => running.Stop();

    /// <summary>The folders in which programs are looked up, separated by colons.</summary>
    public string Path => environment.Variables.GetValueOrDefault("PATH", "");

    /// <summary>Looks up a program in <see cref="Path"/>, as a shell would.</summary>
    /// <returns>Its full path, or <see langword="null"/> if it was not found.</returns>
    public string? Find(string tool) => ExecutablePath.Find(tool, Path);

    Process Start(ToolInvocation invocation)
    {
        // .NET would look a bare name up in the calling program's own folder first.
        var path = Find(invocation.Tool)
            ?? throw new BuildException($"The program '{invocation.Tool}' was not found; install it, or add its folder to PATH.");
        var server = invocation.SharesJobs ? jobs : null;
        var start = new ProcessStartInfo(
            server is null ? path : "/bin/sh", server?.Wrap([path, .. invocation.Arguments]) ?? invocation.Arguments)
        {
            WorkingDirectory = invocation.WorkingDirectory ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        IEnumerable<KeyValuePair<string, string>> sharing = server is null ? [] : JobServer.Variables;
        foreach (var (name, value) in environment.Variables.Concat(invocation.Environment).Concat(sharing))
            start.Environment[name] = value;

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new BuildException($"'{path}' could not be started in '{start.WorkingDirectory}': {e.Message}.", e);
        }
    }

    static void Feed(Process process, string? input)
    {
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended, or closed its input, before it had read it all. Its exit code shows whether that matters.
        }
    }

    static string LastLines(params StringBuilder[] texts) => string.Concat(
        texts.SelectMany(text => text.ToString().TrimEnd().Split('\n').TakeLast(5))
            .Where(line => line.Length > 0)
            .Select(line => $"{Environment.NewLine}  {line}"));
}

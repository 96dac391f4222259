namespace L4ReMusl.Foundation.Processes;

/// <summary>Runs the commands of one stage, and keeps all their output in one log file.</summary>
public sealed class CommandLog : IDisposable
{
    const int LinesShown = 20;

    readonly ToolRunner runner;
    readonly string path;
    readonly StreamWriter writer;

    /// <summary>Starts a log; an earlier one at the same path is replaced.</summary>
    public CommandLog(ToolRunner runner, string path)
    {
        this.runner = runner;
        this.path = path;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        writer = new StreamWriter(path);
    }

    /// <summary>Runs a command to its end.</summary>
    /// <param name="purpose">What it is for, as in "could not …".</param>
    /// <param name="invocation">The command.</param>
    /// <param name="onLine">Receives every line as well.</param>
    /// <exception cref="BuildException">It failed; the message has the last lines and the log's path.</exception>
    public void Run(string purpose, ToolInvocation invocation, Action<string>? onLine = null)
    {
        var last = new Queue<string>();
        writer.WriteLine($"$ {invocation}");
        var result = runner.Run(invocation, line =>
        {
            writer.WriteLine(line);
            last.Enqueue(line);
            if (last.Count > LinesShown)
                last.Dequeue();
            onLine?.Invoke(line);
        });
        writer.Flush();
        if (result.Succeeded)
            return;
        var failure = $"Could not {purpose}: '{invocation.Tool}' ended with exit code {result.ExitCode}. Its last lines were:";
        throw new BuildException(string.Join(
            Environment.NewLine,
            [failure, .. last.Select(line => $"  {line}"), $"The whole log is '{path}'."]));
    }

    /// <inheritdoc/>
    public void Dispose() => writer.Dispose();
}

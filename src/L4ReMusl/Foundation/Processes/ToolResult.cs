using L4ReMusl.Foundation.Text;

namespace L4ReMusl.Foundation.Processes;

/// <summary>The exit code and output of a program.</summary>
/// <param name="Invocation">The call.</param>
/// <param name="ExitCode">Its exit code; 128 plus the signal where a signal ended it.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
public sealed record ToolResult(ToolInvocation Invocation, int ExitCode, string Output, string Error)
{
    /// <summary>Whether the exit code is zero.</summary>
    public bool Succeeded => ExitCode == 0;

    /// <summary>Returns this result, or throws with the program's last lines.</summary>
    /// <param name="purpose">What the call was for, as in "could not …".</param>
    /// <exception cref="BuildException">The exit code is not zero.</exception>
    public ToolResult OrThrow(string purpose) => Succeeded
        ? this
        : throw new BuildException(
            $"Could not {purpose}: '{Invocation}' ended with exit code {ExitCode}.{Tail(Error.Length > 0 ? Error : Output)}");

    static string Tail(string text)
    {
        var lines = text.TrimEnd().Split('\n');
        return text.Length == 0 ? "" : IndentedLines.Of(lines.TakeLast(12).Select(line => line.TrimEnd()));
    }
}

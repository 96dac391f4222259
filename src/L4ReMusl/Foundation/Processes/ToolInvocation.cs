using L4ReMusl.Foundation.Text;

namespace L4ReMusl.Foundation.Processes;

/// <summary>A call of an external program, which <see cref="ToolRunner"/> runs.</summary>
/// <param name="Tool">A path, or a name that is looked up in <c>PATH</c>.</param>
/// <param name="Arguments">The arguments, passed unchanged, without a shell.</param>
public sealed record ToolInvocation(string Tool, params IReadOnlyList<string> Arguments)
{
    /// <summary>The folder in which the program starts; the current one if <see langword="null"/>.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables on top of <see cref="ToolEnvironment"/>.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What the program reads from its standard input; nothing if <see langword="null"/>.</summary>
    public string? Input { get; init; }

    /// <summary>The time limit, after which the program and its children are killed.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(2);

    /// <summary>
    /// Whether the program, a make or a cargo, runs as many jobs as this build has left to run (see <see cref="JobServer"/>).
    /// </summary>
    public bool SharesJobs { get; init; }

    /// <summary>The call as a person would type it in a shell.</summary>
    public override string ToString() => string.Join(' ', new[] { Tool }.Concat(Arguments).Select(Quote));

    static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsLetterOrDigit(c) || "-_./=:,+@%^".Contains(c, StringComparison.Ordinal))
            ? word
            : ShellWord.Quote(word);
}

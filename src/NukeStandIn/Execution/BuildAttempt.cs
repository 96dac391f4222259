using Nuke.Common.IO;
using Serilog;

namespace Nuke.Common.Execution;

/// <summary>
/// Remembers in <c>build-attempt.log</c> which targets have succeeded, so that <c>--continue</c> can skip them. The first
/// line holds the invocation without options, the others a target each.
/// </summary>
sealed class BuildAttempt
{
    readonly AbsolutePath file;
    readonly IReadOnlyCollection<string> succeeded;

    public BuildAttempt(AbsolutePath folder, bool isContinuation, IEnumerable<string> arguments)
    {
        file = folder / "build-attempt.log";
        var invocation = string.Join(' ', arguments.Where(x => !x.StartsWith('-')));
        succeeded = isContinuation && File.Exists(file) ? Read(invocation) : [];
        File.WriteAllLines(file, [invocation, .. succeeded]);
    }

    public bool HasSucceeded(ExecutableTarget target) => succeeded.Contains(target.Name);

    public void Add(ExecutableTarget target) => File.AppendAllLines(file, [target.Name]);

    string[] Read(string invocation)
    {
        var lines = File.ReadAllLines(file);
        if (lines.FirstOrDefault() == invocation)
            return lines[1..];

        Log.Warning("Build invocation changed. Restarting ...");
        return [];
    }
}

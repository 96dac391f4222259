using Nuke.Common.IO;
using Serilog;

namespace Nuke.Common.Execution;

/// <summary>
/// Remembers in <c>build-attempt.log</c> which targets have succeeded, so that <c>--continue</c> can skip them. The first
/// line holds the invocation without options, the others a target each.
/// </summary>
sealed class BuildAttempt
{
    readonly AbsolutePath _file;
    readonly IReadOnlyCollection<string> _succeeded;

    public BuildAttempt(AbsolutePath folder, bool isContinuation, IEnumerable<string> arguments)
    {
        _file = folder / "build-attempt.log";
        var invocation = string.Join(' ', arguments.Where(x => !x.StartsWith('-')));
        _succeeded = isContinuation && _file.FileExists() ? Read(invocation) : [];
        File.WriteAllLines(_file, [invocation, .. _succeeded]);
    }

    public bool HasSucceeded(ExecutableTarget target) => _succeeded.Contains(target.Name);

    public void Add(ExecutableTarget target) => File.AppendAllLines(_file, [target.Name]);

    string[] Read(string invocation)
    {
        var lines = File.ReadAllLines(_file);
        if (lines.FirstOrDefault() == invocation)
            return lines[1..];

        Log.Warning("Build invocation changed. Restarting ...");
        return [];
    }
}

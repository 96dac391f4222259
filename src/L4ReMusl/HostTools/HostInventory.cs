using L4ReMusl.Foundation.Processes;

namespace L4ReMusl.HostTools;

/// <summary>Looks at the tools of the host, and changes nothing.</summary>
/// <param name="runner">Finds and runs them.</param>
public sealed class HostInventory(ToolRunner runner)
{
    /// <summary>How long a tool may take to print its version.</summary>
    public TimeSpan VersionTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Finds the tools without starting any, which takes about a millisecond.</summary>
    public IReadOnlyList<ToolStatus> LookUp(IEnumerable<HostTool> tools) =>
    [
        .. from tool in tools
           select new ToolStatus(tool, tool.Programs.Select(name => Find(tool, name)).OfType<string>().FirstOrDefault()),
    ];

    /// <summary>Finds the tools, and asks all of them for their versions in parallel.</summary>
    public IReadOnlyList<ToolStatus> Inspect(IEnumerable<HostTool> tools)
    {
        var questions = LookUp(tools)
            .Select(status => OwnThread.Start(() => status with { Version = VersionOf(status) })).ToList();
        return [.. questions.Select(question => question.GetAwaiter().GetResult())];
    }

    string? Find(HostTool tool, string name) => !tool.IsData ? runner.Find(name) : File.Exists(name) ? name : null;

    string? VersionOf(ToolStatus status)
    {
        if (status.Path is null || status.Tool.IsData || status.Tool.VersionArguments is not { } arguments)
            return null;
        try
        {
            var call = new ToolInvocation(status.Path, arguments) { Timeout = VersionTimeout };
            var result = runner.Run(call);
            return ToolVersion.Find(result.Output) ?? ToolVersion.Find(result.Error);
        }
        catch (BuildException)
        {
            return null; // A tool that hangs or does not start still exists; the stage that uses it will report more.
        }
    }
}

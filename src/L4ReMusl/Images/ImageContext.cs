using L4ReMusl.Foundation.Processes;
using L4ReMusl.Layout;

namespace L4ReMusl.Images;

/// <summary>What images are made with, in one run.</summary>
/// <param name="layout">Where the settings of the formats lie.</param>
/// <param name="time">The time of everything in an image, and of the image itself.</param>
/// <param name="tools">Runs the formats' tools.</param>
public sealed class ImageContext(BuildLayout layout, DateTimeOffset time, ToolRunner tools)
{
    readonly Dictionary<string, string> versions = [];

    /// <summary>Where the settings of the formats lie.</summary>
    public BuildLayout Layout => layout;

    /// <summary>The time of everything in an image, and of the image itself; whole seconds.</summary>
    public DateTimeOffset Time => time;

    /// <summary>The device nodes of an image, which no folder on this machine has.</summary>
    public IReadOnlyList<DeviceNode> Devices { get; init; } = [];

    /// <summary>Runs the formats' tools.</summary>
    public ToolRunner Tools => tools;

    /// <summary>The first line of what a tool says of its version. It is asked once.</summary>
    /// <exception cref="BuildException">It is not there, or fails.</exception>
    public string VersionOf(string tool, string option)
    {
        if (!versions.TryGetValue(tool, out var version))
        {
            var answer = tools.Run(new ToolInvocation(tool, option)).OrThrow($"ask {tool} for its version");
            versions[tool] = version = (answer.Output.Length > 0 ? answer.Output : answer.Error).Split('\n')[0];
        }

        return version;
    }
}

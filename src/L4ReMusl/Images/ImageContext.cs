using L4ReMusl.Foundation.Processes;
using L4ReMusl.Layout;

namespace L4ReMusl.Images;

/// <summary>What images are made with, in one run.</summary>
/// <param name="layout">Where the settings of the formats are.</param>
/// <param name="time">The time of everything in an image, and of the image itself.</param>
/// <param name="tools">Runs the formats' tools.</param>
public sealed class ImageContext(BuildLayout layout, DateTimeOffset time, ToolRunner tools)
{
    readonly Dictionary<string, string> versions = [];

    /// <summary>Where the settings of the formats are.</summary>
    public BuildLayout Layout => layout;

    /// <summary>The time of everything in an image, and of the image itself; whole seconds.</summary>
    public DateTimeOffset Time => time;

    /// <summary>The device nodes of an image, which its tree cannot contain.</summary>
    public IReadOnlyList<DeviceNode> Devices { get; init; } = [];

    /// <summary>Runs the formats' tools.</summary>
    public ToolRunner Tools => tools;

    /// <summary>The first line of a tool's version information. Each tool runs only once for it.</summary>
    /// <exception cref="BuildException">The tool is missing, or fails.</exception>
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

using L4ReMusl.Foundation.Processes;

namespace L4ReMusl.Tests.Support;

/// <summary>Runs programs of this machine.</summary>
public static class Tools
{
    public static ToolRunner OfHost => new(ToolEnvironment.FromHost(), Jobs);

    /// <summary>As many jobs as the machine has processors, for all tests together.</summary>
    public static JobServer Jobs { get; } = new(
        Environment.ProcessorCount, Path.Combine(Directory.CreateTempSubdirectory("l4re-musl-").FullName, "jobs"));

    /// <summary>A runner that finds only the programs in <paramref name="folder"/>.</summary>
    public static ToolRunner In(string folder) => new(ToolEnvironment.From([KeyValuePair.Create("PATH", folder)]));
}

using L4ReMusl.Foundation.Processes;

namespace L4ReMusl.Tests.Support;

/// <summary>Runs programs of this machine.</summary>
public static class Tools
{
    public static ToolRunner OfHost => new(ToolEnvironment.FromHost());

    /// <summary>A runner that finds only the programs in <paramref name="folder"/>.</summary>
    public static ToolRunner In(string folder) => new(ToolEnvironment.From([KeyValuePair.Create("PATH", folder)]));
}

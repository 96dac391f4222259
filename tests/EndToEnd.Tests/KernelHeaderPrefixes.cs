using L4ReMusl.Graph;
using L4ReMusl.Musl;
using L4ReMusl.Settings;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>
/// Prefixes with the kernel's headers. musl is not compiled for them: the compiled files are those of the repository's own build.
/// </summary>
public sealed class KernelHeaderPrefixes : IDisposable
{
    readonly RepositoryCopy copy = new();
    readonly HashSet<string> made = [];

    /// <summary>A prefix with them.</summary>
    internal StagedPrefix Of(string architecture)
    {
        Make(architecture);
        return new StagedPrefix(Artefacts.Named(architecture), copy.Layout.Prefix(Artefacts.Named(architecture)));
    }

    /// <summary>A prefix of the l4re flavour with them.</summary>
    internal FlavourPrefix FlavourOf(string architecture)
    {
        Make(architecture);
        return new FlavourPrefix(Artefacts.Named(architecture), copy.Layout.L4RePrefix(Artefacts.Named(architecture)));
    }

    /// <summary>Makes the same prefix without them.</summary>
    internal void MakeWithout(string architecture, string folder)
    {
        Make(architecture);
        Graph(isWanted: false).Musl.Prefixes[Artefacts.Named(architecture)].Make(folder);
    }

    public void Dispose() => copy.Dispose();

    void Make(string name)
    {
        if (!made.Add(name))
            return;
        using var runner = StagesIn.Runner(copy.Layout);
        runner.Run(Graph(isWanted: true).PrefixesOf(Artefacts.Named(name), Flavour.All));
    }

    StageGraph Graph(bool isWanted) => StagesIn.Graph(
        copy.Layout,
        new SettingsParser(ArchitectureCatalogue.All).Parse(new RawSettings(
            (Parameters.KernelHeaders, isWanted ? "true" : "false"), (Parameters.CacheFolder, BuildProgram.CacheFolder))));
}

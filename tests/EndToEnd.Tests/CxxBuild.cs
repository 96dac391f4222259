using L4ReMusl.Musl;
using L4ReMusl.Settings;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>
/// Prefixes with C++, made when a test wants them. The standard library is compiled once for each state of musl; later runs take
/// it from the user's cache.
/// </summary>
public sealed class CxxBuild : IDisposable
{
    readonly RepositoryCopy copy = new();
    readonly HashSet<(string, Flavour)> made = [];

    internal StagedPrefix Prefix(string architecture)
    {
        Make(architecture, Musl.Flavour.Linux);
        return new(Artefacts.Named(architecture), copy.Layout.Prefix(Artefacts.Named(architecture)));
    }

    internal FlavourPrefix Flavour(string architecture)
    {
        Make(architecture, Musl.Flavour.L4Re);
        return new(Artefacts.Named(architecture), copy.Layout.L4RePrefix(Artefacts.Named(architecture)));
    }

    /// <summary>The standard library of a flavour, as it is before it goes into a prefix.</summary>
    internal string Library(string name, bool isFlavour)
    {
        Make(name, isFlavour ? Musl.Flavour.L4Re : Musl.Flavour.Linux);
        var architecture = Artefacts.Named(name);
        return isFlavour ? copy.Layout.L4ReCxxLibrary(architecture) : copy.Layout.CxxLibrary(architecture);
    }

    public void Dispose() => copy.Dispose();

    void Make(string name, Flavour flavour)
    {
        if (!made.Add((name, flavour)))
            return;
        var settings = new SettingsParser(ArchitectureCatalogue.All).Parse(new RawSettings(
            (Parameters.Architectures, name),
            (Parameters.Languages, "c c++"),
            (Parameters.CacheFolder, BuildProgram.CacheFolder)));
        using var runner = StagesIn.Runner(copy.Layout);
        runner.Run(StagesIn.Graph(copy.Layout, settings).PrefixesOf(Artefacts.Named(name), [flavour]));
    }
}

using L4ReMusl.Machines;
using L4ReMusl.Settings;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>
/// Prefixes with C++ of both flavours. The standard library is compiled once for each state of musl; later runs take it from the
/// user's cache.
/// </summary>
public sealed class CxxBuild : IDisposable
{
    readonly RepositoryCopy copy = new();

    public CxxBuild()
    {
        var settings = new SettingsParser(ArchitectureCatalogue.All).Parse(new RawSettings(
            (Parameters.Architectures, string.Join(' ', RepositoryCopy.Architectures)),
            (Parameters.Languages, "c c++"),
            (Parameters.CacheFolder, BuildProgram.CacheFolder)));
        var stages = StagesIn.Graph(copy.Layout, settings);
        using var runner = StagesIn.Runner(copy.Layout);
        runner.Run(settings.Architectures.SelectMany(
            architecture => stages.PrefixesOf(architecture, L4ReMusl.Musl.Flavour.All)));
    }

    internal StagedPrefix Prefix(string architecture) =>
        new(Artefacts.Named(architecture), copy.Layout.Prefix(Artefacts.Named(architecture)));

    internal FlavourPrefix Flavour(string architecture) =>
        new(Artefacts.Named(architecture), copy.Layout.L4RePrefix(Artefacts.Named(architecture)));

    /// <summary>The standard library of a flavour, as it is before it goes into a prefix.</summary>
    internal string Library(Architecture architecture, bool isFlavour) =>
        isFlavour ? copy.Layout.L4ReCxxLibrary(architecture) : copy.Layout.CxxLibrary(architecture);

    public void Dispose() => copy.Dispose();
}

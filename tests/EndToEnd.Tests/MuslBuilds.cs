using L4ReMusl.Machines;
using L4ReMusl.Machines.Elf;
using L4ReMusl.Patching;
using L4ReMusl.Settings;
using L4ReMusl.Sources;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>
/// Prefixes of all versions of musl in the catalogue, with the version's series and pristine. The one that the repository built
/// is used directly. The others are compiled once for each state of their sources; later runs take them from the user's cache.
/// Of a pristine release, only what the series changes is compiled, in the build tree of the patched one.
/// </summary>
public sealed class MuslBuilds : IDisposable
{
    // Without the first patch there is no compiler wrapper. Both change nothing that is compiled.
    static readonly string[] NotCompiled = ["gcc-specs-link-modes.patch", "relative-loader-link.patch"];

    readonly Dictionary<(string Version, bool IsPristine), RepositoryCopy> copies = [];
    readonly Dictionary<(string Version, bool IsPristine, string Architecture), StagedPrefix> prefixes = [];

    /// <summary>The versions in the catalogue.</summary>
    public static IReadOnlyList<string> Versions { get; } =
    [
        .. from archive in SourceCatalogue.Read(Artefacts.Layout.SourceCatalogue).Archives
           where archive.Name == "musl"
           select archive.Version,
    ];

    static Dictionary<string, IReadOnlyList<Patch>> Series { get; } = Versions
        .ToDictionary(version => version, version => PatchSeries.Read(Artefacts.Layout.MuslPatches(version)).Patches);

    /// <summary>The series of a version.</summary>
    public static IReadOnlyList<Patch> SeriesOf(string version) => Series[version];

    /// <summary>A prefix.</summary>
    internal StagedPrefix Prefix(string version, bool isPristine, string architecture)
    {
        if (!prefixes.TryGetValue((version, isPristine, architecture), out var prefix))
            prefixes[(version, isPristine, architecture)] = prefix = isPristine || !IsStaged(version, architecture)
                ? Build(version, isPristine, Artefacts.Named(architecture))
                : StagedPrefix.Of(architecture);
        return prefix;
    }

    public void Dispose()
    {
        foreach (var copy in copies.Values)
            copy.Dispose();
    }

    static bool IsStaged(string version, string architecture) =>
        File.ReadAllText(Path.Combine(StagedPrefix.Of(architecture).Path, "VERSION")).Trim() == version;

    StagedPrefix Build(string version, bool isPristine, Architecture architecture)
    {
        if (!copies.TryGetValue((version, isPristine), out var copy))
        {
            copies[(version, isPristine)] = copy = new RepositoryCopy();
            if (isPristine)
                TakePatchesAway(copy.Layout.MuslPatches(version));
        }

        if (isPristine)
        {
            Prefix(version, isPristine: false, architecture.Name);
            copy.WithBuildTree(copies.GetValueOrDefault((version, false))?.Layout ?? Artefacts.Layout, architecture);
        }

        var settings = new SettingsParser(ArchitectureCatalogue.All).Parse(new RawSettings(
            (Parameters.Architectures, architecture.Name),
            (Parameters.MuslVersion, version),
            (Parameters.CacheFolder, BuildProgram.CacheFolder)));
        var stages = StagesIn.Graph(copy.Layout, settings).Musl;
        using var runner = StagesIn.Runner(copy.Layout);
        runner.Run(stages.Compiled[architecture]);
        if (isPristine)
        {
            // Any symbols will do here: the committed list is for the patched release.
            var libc = Path.Combine(copy.Layout.Compiled(architecture), "lib", "libc.so");
            File.WriteAllLines(copy.Layout.MuslExports(version, architecture), new ElfFile(libc).ExportedSymbols());
        }

        runner.Run(stages.Prefixes[architecture]);
        return new StagedPrefix(architecture, copy.Layout.Prefix(architecture));
    }

    static void TakePatchesAway(string folder)
    {
        var list = Path.Combine(folder, PatchSeries.FileName);
        var kept = File.ReadLines(list).Where(line => Array.Exists(NotCompiled, line.EndsWith)).ToList();
        kept.Should().HaveSameCount(NotCompiled);
        File.WriteAllLines(list, kept);
        foreach (var patch in Directory.EnumerateFiles(folder, "*.patch").Where(patch => !kept.Contains(Path.GetFileName(patch))))
            File.Delete(patch);
    }
}

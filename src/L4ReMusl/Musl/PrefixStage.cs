using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Layout;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Sources;
using L4ReMusl.Stages;

namespace L4ReMusl.Musl;

/// <summary>Makes a prefix of what was compiled: relocatable, complete, described, and checked.</summary>
/// <param name="layout">Where everything lies.</param>
/// <param name="source">The archive that musl came from.</param>
/// <param name="compiled">The inputs of what was compiled.</param>
/// <param name="toolchain">The tools that the wrapper will call.</param>
/// <param name="runner">Runs them, and musl's own script for the specs file.</param>
public sealed class PrefixStage(
    BuildLayout layout,
    SourceArchive source,
    Fingerprint compiled,
    Toolchain toolchain,
    ToolRunner runner) : IStage
{
    const string Recipe = "3";

    readonly PrefixTemplates templates = new("config/prefix", layout.PrefixTemplates);
    readonly FindObjectLibrary findObject = new(layout.DlFindObject, toolchain, runner);

    /// <inheritdoc/>
    public string Name => $"stage-{toolchain.Architecture.Name}";

    /// <inheritdoc/>
    public string Output => layout.Prefix(toolchain.Architecture);

    /// <inheritdoc/>
    public string? Annex => PrefixContract.Documents;

    /// <inheritdoc/>
    public Fingerprint Inputs => field ??= new Fingerprint(
    [
        .. compiled.Entries.Select(entry => (entry.Key, entry.Value)),
        .. templates.Inputs(),
        findObject.Input,
        PrefixArchitecture.Input(toolchain.Architecture),
        ("exported symbols", File.Exists(Exports) ? Fingerprint.Sha256OfFile(Exports) : "none"),
        ("tool names", Path.GetFileName(toolchain.Prefix)),
        ("stage recipe", Recipe),
    ]);

    string Exports => layout.MuslExports(source.Version, toolchain.Architecture);

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Make(string scratch)
    {
        var architecture = toolchain.Architecture;
        FileTree.Copy(layout.Compiled(architecture), scratch);
        FileModes.WriteFile(Path.Combine(scratch, "lib", "musl-gcc.specs"), new GccSpecs(runner).Generate(layout.MuslSource, architecture));
        templates.WriteTo(scratch, toolchain, source.Version);
        foreach (var (path, target) in PrefixContract.Links(architecture))
            File.CreateSymbolicLink(Path.Combine(scratch, path), target);
        findObject.WriteTo(scratch, CompilerWrapper.In(scratch, toolchain));
        PrefixFiles.WriteDescription(scratch, architecture, source, layout.MuslSource);
        PrefixManifest.Seal(scratch);

        new PrefixVerifier(scratch, architecture, [layout.Root + "/", layout.CacheFolder + "/"]).Verify();
        var exported = new ExportCheck(layout).Verify(Path.Combine(scratch, "lib", "libc.so"), source.Version, architecture);
        return
        [
            new Figure("files", $"{FileTree.List(scratch).Count(entry => entry.IsFile)}"),
            Figure.Size("size", FileTree.Size(scratch)),
            new Figure("symbols", $"{exported}"),
        ];
    }
}

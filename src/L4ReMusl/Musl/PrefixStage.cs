using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Layout;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Stages;

namespace L4ReMusl.Musl;

/// <summary>Makes a prefix from the compiled files: relocatable, complete, described, and checked.</summary>
/// <param name="layout">Where everything lies.</param>
/// <param name="source">Makes the source tree, which has musl's licence and the script for the specs file.</param>
/// <param name="compiled">Compiles it.</param>
/// <param name="cxx">Makes the standard library of C++; <see langword="null"/> if the prefix is for C only.</param>
/// <param name="toolchain">The tools that the wrapper will call.</param>
/// <param name="kernelHeaders">The kernel's headers, if the user wants them in the prefix.</param>
/// <param name="runner">Runs them, and musl's own script for the specs file.</param>
public sealed class PrefixStage(
    BuildLayout layout,
    MuslSourceStage source,
    MuslCompileStage compiled,
    IStage? cxx,
    Toolchain toolchain,
    KernelHeadersFolder kernelHeaders,
    ToolRunner runner) : Stage([source, compiled, .. cxx is null ? (IStage[])[] : [cxx]])
{
    const string Recipe = "3"; // Count up when the same inputs give another prefix.

    readonly PrefixTemplates common = new("config/prefix-common", layout.CommonPrefixTemplates);
    readonly PrefixTemplates templates = new("config/prefix", layout.PrefixTemplates);
    readonly IReadOnlyList<PrefixLibrary> libraries =
        [.. PrefixContract.Libraries.Select(name => new PrefixLibrary(name, layout, toolchain, runner))];

    /// <summary>The compiler behind the prefix's own.</summary>
    public Toolchain Toolchain => toolchain;

    /// <summary>The prefix's own compiler.</summary>
    public CompilerWrapper Compiler => CompilerWrapper.In(Output, toolchain);

    /// <inheritdoc/>
    public override string Name => $"stage-{toolchain.Architecture.Name}";

    /// <inheritdoc/>
    public override string Output => layout.Prefix(toolchain.Architecture);

    /// <inheritdoc/>
    public override bool IsCacheable => true;

    /// <inheritdoc/>
    public override string? Annex => PrefixContract.Documents;

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> OwnInputs =>
    [
        ("recipe", Recipe),
        ("links", string.Join(' ', PrefixContract.Links(toolchain.Architecture, HasCxx))),
        .. HasCxx ? CxxFiles.Inputs(toolchain.Architecture) : [],
        ("specs of the shared unwinder", HasCxx ? CxxFiles.SharedUnwinderSpecs : "none"),
        GccSpecs.Input,
        .. common.Inputs(),
        .. templates.Inputs(),
        .. libraries.SelectMany(library => library.Inputs),
        .. kernelHeaders.Inputs,
        PrefixArchitecture.Input(toolchain.Architecture),
        ("exported symbols", File.Exists(Exports) ? Fingerprint.Sha256OfFile(Exports) : "none"),
        ("tool names", Path.GetFileName(toolchain.Prefix)),
    ];

    bool HasCxx => cxx is not null;

    string Exports => layout.MuslExports(source.Archive.Version, toolchain.Architecture);

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Make(string scratch)
    {
        var architecture = toolchain.Architecture;
        FileTree.Copy(compiled.Output, scratch);
        FileTree.Delete(Path.Combine(scratch, DebugSymbols.Folder));
        FileModes.WriteFile(
            Path.Combine(scratch, "lib", "musl-gcc.specs"),
            new GccSpecs(runner).Generate(source.Output, architecture) + kernelHeaders.Specs);
        kernelHeaders.WriteTo(scratch);
        common.WriteTo(scratch, toolchain, source.Archive.Version, HasCxx);
        templates.WriteTo(scratch, toolchain, source.Archive.Version, HasCxx);
        foreach (var (path, target) in PrefixContract.Links(architecture, HasCxx))
            File.CreateSymbolicLink(Path.Combine(scratch, path), target);
        foreach (var library in libraries)
            library.WriteTo(scratch, CompilerWrapper.In(scratch, toolchain));
        if (cxx is not null)
            CxxFiles.WriteTo(scratch, cxx.Output, architecture, CxxFiles.SharedUnwinderSpecs + kernelHeaders.Specs);
        PrefixFiles.WriteDescription(scratch, architecture, source.Archive, source.Output);
        PrefixManifest.Seal(scratch);

        new PrefixVerifier(scratch, architecture, [layout.Root + "/", layout.CacheFolder + "/"]).Verify();
        var exported = new ExportCheck(layout).Verify(
            Path.Combine(scratch, "lib", "libc.so"), source.Archive.Version, architecture);
        return
        [
            new Figure("files", $"{FileTree.List(scratch).Count(entry => entry.IsFile)}"),
            Figure.Size("size", FileTree.Size(scratch)),
            new Figure("symbols", $"{exported}"),
        ];
    }
}

using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.L4Re;
using L4ReMusl.Layout;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Musl;
using L4ReMusl.Stages;

namespace L4ReMusl.Backend;

/// <summary>
/// Makes a prefix of the l4re flavour: a libc without system call instructions, the backends that serve its calls, and a
/// compiler wrapper.
/// </summary>
/// <param name="layout">Where everything lies.</param>
/// <param name="source">Makes the flavour's source tree.</param>
/// <param name="compiled">Compiles it.</param>
/// <param name="cxx">Makes the standard library of C++; <see langword="null"/> if the prefix is for C only.</param>
/// <param name="toolchain">The compiler.</param>
/// <param name="tree">
/// The L4Re tree for this architecture, whose headers the backend l4re needs; <see langword="null"/> if there is none.
/// </param>
/// <param name="kernelHeaders">The kernel's headers, if the user wants them in the prefix.</param>
/// <param name="runner">Runs it.</param>
public sealed class L4RePrefixStage(
    BuildLayout layout,
    L4ReSourceStage source,
    MuslCompileStage compiled,
    IStage? cxx,
    Toolchain toolchain,
    L4ReTree? tree,
    KernelHeadersFolder kernelHeaders,
    ToolRunner runner) : Stage([source, compiled, .. cxx is null ? (IStage[])[] : [cxx]])
{
    const string Recipe = "3"; // Count up when the same inputs give another prefix.

    readonly PrefixTemplates common = new("config/prefix-common", layout.CommonPrefixTemplates);
    readonly PrefixTemplates templates = new("config/prefix-l4re", layout.L4RePrefixTemplates);
    readonly IReadOnlyList<PrefixLibrary> libraries =
        [.. L4RePrefixVerifier.Libraries.Select(name => new PrefixLibrary(name, layout, toolchain, runner))];

    /// <summary>The compiler behind the prefix's own.</summary>
    public Toolchain Toolchain => toolchain;

    /// <summary>The prefix's own compiler.</summary>
    public CompilerWrapper Compiler => FlavourCompiler.In(Output, toolchain);

    /// <inheritdoc/>
    public override string Name => $"stage-l4re-{toolchain.Architecture.Name}";

    /// <inheritdoc/>
    public override string Output => layout.L4RePrefix(toolchain.Architecture);

    /// <inheritdoc/>
    public override string? Annex => PrefixContract.Documents;

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> OwnInputs =>
    [
        ("recipe", Recipe),
        BackendSpecs.Input,
        .. common.Inputs(),
        .. cxx is null ? [] : CxxFiles.Inputs(toolchain.Architecture),
        .. templates.Inputs(),
        .. libraries.SelectMany(library => library.Inputs),
        .. kernelHeaders.Inputs,
        PrefixArchitecture.Input(toolchain.Architecture),
        .. SourceFolder.Hashes("pkg/musl/backend", layout.Backends),
        ("flags of backends", string.Join(' ', BackendLibrary.FlagsFor(toolchain.Architecture))),
        ("tool names", Path.GetFileName(toolchain.Prefix)),
        ("L4Re's headers", tree?.StateOfHeaders ?? "none"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Make(string scratch)
    {
        var architecture = toolchain.Architecture;
        FileTree.Copy(compiled.Output, scratch);
        common.WriteTo(scratch, toolchain, source.Archive.Version, cxx is not null);
        templates.WriteTo(scratch, toolchain, source.Archive.Version, cxx is not null);
        kernelHeaders.WriteTo(scratch);
        if (cxx is not null)
            WriteCxx(scratch, cxx);
        PrefixFiles.WriteDescription(scratch, architecture, source.Archive, source.Output);
        FileModes.WriteFile(
            Path.Combine(scratch, "share", "l4re-musl", SyscallFunctions.ListName),
            File.ReadAllText(Path.Combine(source.Output, "arch", architecture.MuslArchitecture, SyscallFunctions.ListName)));
        var backends = Backends().ToList();
        using (var log = new CommandLog(runner, layout.Log(Name)))
        {
            foreach (var backend in backends)
            {
                var options = backend == Flavour.L4Re.Name ? tree!.CompilerOptions : [];
                new BackendLibrary(backend, layout.Backends, toolchain).Build(scratch, options, kernelHeaders, log);
            }
        }

        // Any backend's specs will do, because nothing is linked.
        foreach (var library in libraries)
        {
            library.WriteTo(
                scratch,
                FlavourCompiler.In(scratch, toolchain),
                [$"--backend={backends[0]}", .. architecture.BackendFlags]);
        }

        PrefixManifest.Seal(scratch);
        Verify(scratch);
        return
        [
            new Figure("files", $"{FileTree.List(scratch).Count(entry => entry.IsFile)}"),
            Figure.Size("size", FileTree.Size(scratch)),
            new Figure("backends", string.Join(" ", backends)),
        ];
    }

    /// <summary>Checks the finished prefix again.</summary>
    /// <returns>What was seen.</returns>
    public string Verify()
    {
        Verify(Output);
        return "no system call in libc.a";
    }

    void WriteCxx(string prefix, IStage library)
    {
        CxxFiles.WriteTo(prefix, library.Output, toolchain.Architecture, kernelHeaders.Specs);
        var compiler = FlavourCompiler.PathIn(prefix, toolchain.Architecture);
        foreach (var path in FlavourCompiler.CxxPathsIn(prefix, toolchain.Architecture))
            File.CreateSymbolicLink(path, Path.GetFileName(compiler));
    }

    void Verify(string prefix) =>
        new L4RePrefixVerifier(prefix, toolchain, [layout.Root + "/", layout.CacheFolder + "/"], runner).Verify();

    IEnumerable<string> Backends() => Directory.EnumerateDirectories(layout.Backends)
        .Select(path => Path.GetFileName(path))
        .Where(name => name != BackendLibrary.CommonFolder && (tree is not null || name != Flavour.L4Re.Name))
        .Order(StringComparer.Ordinal);
}

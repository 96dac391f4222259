using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.L4Re;
using L4ReMusl.Layout;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Musl;
using L4ReMusl.Sources;
using L4ReMusl.Stages;

namespace L4ReMusl.Backend;

/// <summary>Makes a prefix of the flavour l4re: libc without a system call in it, the backends that serve them, and a compiler wrapper.</summary>
/// <param name="layout">Where everything lies.</param>
/// <param name="source">The archive that musl came from.</param>
/// <param name="compiled">The inputs of what was compiled.</param>
/// <param name="toolchain">The compiler.</param>
/// <param name="tree">An L4Re for this architecture, whose headers the backend for it needs; <see langword="null"/> if there is none.</param>
/// <param name="runner">Runs it.</param>
public sealed class L4RePrefixStage(
    BuildLayout layout,
    SourceArchive source,
    Fingerprint compiled,
    Toolchain toolchain,
    L4ReTree? tree,
    ToolRunner runner) : IStage
{
    const string Recipe = "3";

    readonly PrefixTemplates templates = new("config/prefix-l4re", layout.L4RePrefixTemplates);
    readonly FindObjectLibrary findObject = new(layout.DlFindObject, toolchain, runner);

    /// <inheritdoc/>
    public string Name => $"stage-l4re-{toolchain.Architecture.Name}";

    /// <inheritdoc/>
    public string Output => layout.L4RePrefix(toolchain.Architecture);

    /// <inheritdoc/>
    public string? Annex => PrefixContract.Documents;

    /// <inheritdoc/>
    public Fingerprint Inputs => field ??= new Fingerprint(
    [
        .. compiled.Entries.Select(entry => (entry.Key, entry.Value)),
        .. templates.Inputs(),
        findObject.Input,
        PrefixArchitecture.Input(toolchain.Architecture),
        ("backend flags", string.Join(' ', toolchain.Architecture.BackendFlags)),
        .. SourceFolder.Hashes("pkg/musl/backend", layout.Backends),
        ("tool names", Path.GetFileName(toolchain.Prefix)),
        ("l4re stage recipe", Recipe),
        ("L4Re's headers", tree?.StateOfHeaders ?? "none"),
    ]);

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Make(string scratch)
    {
        var architecture = toolchain.Architecture;
        FileTree.Copy(layout.L4ReCompiled(architecture), scratch);
        templates.WriteTo(scratch, toolchain, source.Version);
        PrefixFiles.WriteDescription(scratch, architecture, source, layout.L4ReSource);
        FileModes.WriteFile(
            Path.Combine(scratch, "share", "l4re-musl", SyscallFunctions.ListName),
            File.ReadAllText(Path.Combine(layout.L4ReSource, "arch", architecture.MuslArchitecture, SyscallFunctions.ListName)));
        var backends = Backends().ToList();
        using (var log = new CommandLog(runner, layout.Log(Name)))
        {
            foreach (var backend in backends)
                new BackendLibrary(backend, layout.Backends, toolchain).Build(scratch, backend == Flavour.L4Re.Name ? tree!.CompilerOptions : [], log);
        }

        // With the specs of some backend; the function makes no system call of its own.
        findObject.WriteTo(scratch, FlavourCompiler.In(scratch, toolchain), [$"--backend={backends[0]}", .. architecture.BackendFlags]);
        PrefixManifest.Seal(scratch);
        Verify(scratch);
        return
        [
            new Figure("files", $"{FileTree.List(scratch).Count(entry => entry.IsFile)}"),
            Figure.Size("size", FileTree.Size(scratch)),
            new Figure("backends", string.Join(" ", backends)),
        ];
    }

    /// <summary>Checks the finished prefix once more.</summary>
    /// <returns>What was seen.</returns>
    public string Verify()
    {
        Verify(Output);
        return "no system call in libc.a";
    }

    void Verify(string prefix) =>
        new L4RePrefixVerifier(prefix, toolchain, [layout.Root + "/", layout.CacheFolder + "/"], runner).Verify();

    IEnumerable<string> Backends() => Directory.EnumerateDirectories(layout.Backends)
        .Select(path => Path.GetFileName(path))
        .Where(name => name != BackendLibrary.CommonFolder && (tree is not null || name != Flavour.L4Re.Name))
        .Order(StringComparer.Ordinal);
}

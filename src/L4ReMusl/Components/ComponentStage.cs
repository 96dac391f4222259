using L4ReMusl.Compiling;
using L4ReMusl.Incremental;
using L4ReMusl.Patching;
using L4ReMusl.Processes;
using L4ReMusl.Reporting;
using L4ReMusl.Sources;
using L4ReMusl.Toolchains;

namespace L4ReMusl.Components;

/// <summary>Builds a component for one architecture. Its sources are fetched only when that is really done.</summary>
/// <param name="layout">Where everything lies.</param>
/// <param name="component">The component.</param>
/// <param name="toolchain">The compiler.</param>
/// <param name="prefix">The inputs of the prefix that it is built against.</param>
/// <param name="dependencies">The stages of the components that it depends on.</param>
/// <param name="options">What does not change the result.</param>
/// <param name="fetcher">Brings its sources.</param>
/// <param name="runner">Runs its script.</param>
/// <param name="display">Shows progress.</param>
public sealed class ComponentStage(
    BuildLayout layout,
    Component component,
    Toolchain toolchain,
    Fingerprint prefix,
    IReadOnlyList<ComponentStage> dependencies,
    CompileOptions options,
    ArchiveFetcher fetcher,
    ToolRunner runner,
    ProgressDisplay display) : IStage
{
    const string Recipe = "1";

    readonly ComponentSysroot sysroot = new(layout, toolchain.Architecture);

    /// <summary>The component.</summary>
    public Component Component => component;

    /// <summary>The components that it depends on.</summary>
    public IReadOnlyList<ComponentStage> Dependencies => dependencies;

    /// <inheritdoc/>
    public string Name => $"{component.Name}-{toolchain.Architecture.Name}";

    /// <inheritdoc/>
    public string Output => layout.Component(toolchain.Architecture, component.Name);

    /// <inheritdoc/>
    public bool IsCacheable => true;

    /// <inheritdoc/>
    /// <remarks>What only the root file system takes of a component, such as its checks, is not among them.</remarks>
    public Fingerprint Inputs => field ??= new Fingerprint(
    [
        ("recipe", Recipe),
        ("prefix", prefix.Digest),
        ("compiler", toolchain.Identity),
        ("kernel headers", sysroot.KernelVersion),
        ("script", Fingerprint.Sha256(component.Script)),
        ("brings", string.Join(' ', component.Shells.Append(component.Init))),
        ($"{component.Name} {component.Source.Version}", component.Source.Sha256),
        .. SourceFolder.Hashes($"config/components/{component.Name}", component.Folder).Where(file => IsUsedToBuild(file.Name)),
        .. Patches.Select(patch => (patch.FileName, patch.Sha256)),
        .. dependencies.Select(dependency => (dependency.Name, dependency.Inputs.Digest)),
    ]);

    IReadOnlyList<Patch> Patches => field ??= layout.ComponentPatches(component) is var folder && Directory.Exists(folder) ? PatchSeries.Read(folder).Patches : [];

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Make(string scratch)
    {
        using var work = WorkFolder.Beside(scratch);
        var source = Path.Combine(work.Path, "src");
        new SourceUnpacker(runner).Unpack(Fetch(), source);
        new PatchApplier(runner).Apply(source, Patches);
        sysroot.Write(Path.Combine(work.Path, "sysroot"), dependencies.Select(dependency => dependency.Output));
        var installed = new ComponentBuild(component, toolchain, options, runner, display).Run(work.Path, layout.Log(Name));
        new InstalledComponent(component, toolchain, runner).Write(installed, scratch);
        return [new Figure("version", component.Source.Version), Figure.Size("size", FileTree.Size(scratch))];
    }

    FetchedArchive Fetch()
    {
        using var progress = display.Start(component.Source.FileName, ProgressLine.Bytes);
        return fetcher.Fetch(component.Source, progress);
    }

    bool IsUsedToBuild(string file)
    {
        var name = file[$"config/components/{component.Name}/".Length..];
        return name != Component.FileName && !name.StartsWith("root/", StringComparison.Ordinal);
    }
}

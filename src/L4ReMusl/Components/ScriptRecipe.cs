using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Patching;
using L4ReMusl.Sources;

namespace L4ReMusl.Components;

/// <summary>Builds a component with its script. Its archive is fetched only if the script really runs.</summary>
/// <param name="component">The component.</param>
/// <param name="archive">What it is built from; <see langword="null"/> for its own sources.</param>
/// <param name="patches">The folder of its patches, which need not exist; <see langword="null"/> if it has none.</param>
/// <param name="sysroot">What it is built against.</param>
/// <param name="dependencies">The stages of the components that it depends on.</param>
/// <param name="build">Runs the script.</param>
/// <param name="runner">Runs tools.</param>
public sealed class ScriptRecipe(
    Component component,
    ArchiveSource? archive,
    string? patches,
    ComponentSysroot sysroot,
    IReadOnlyList<ComponentStage> dependencies,
    ComponentBuild build,
    ToolRunner runner) : IComponentRecipe
{
    /// <inheritdoc/>
    /// <remarks>
    /// The component's files include the script, but not what only the root file system uses, such as its checks.
    /// </remarks>
    public IEnumerable<(string Name, string Value)> Inputs =>
    [
        ("kernel headers", sysroot.KernelVersion),
        ("CFLAGS", ComponentBuild.Flags),
        .. archive is not null
            ? [($"{archive.Archive.Name} {archive.Archive.Version}", archive.Archive.Sha256)]
            : Array.Empty<(string, string)>(),
        .. SourceFolder.Hashes($"config/components/{component.Name}", component.Folder).Where(file => IsUsedToBuild(file.Name)),
        .. Series.Select(patch => (patch.FileName, patch.Sha256)),
    ];

    IReadOnlyList<Patch> Series => field ??= Directory.Exists(patches) ? PatchSeries.Read(patches).Patches : [];

    /// <inheritdoc/>
    public string Build(string work, string logFile)
    {
        var source = Path.Combine(work, "src");
        if (archive is not null)
            new SourceUnpacker(runner).Unpack(archive.Fetch(), source);
        else
            FileTree.Copy(Path.Combine(component.Folder, ComponentScript.OwnSources), source);
        new PatchApplier(runner).Apply(source, Series);
        sysroot.Write(Path.Combine(work, "sysroot"), dependencies.Select(dependency => dependency.Output));
        return build.Run(work, logFile);
    }

    bool IsUsedToBuild(string file)
    {
        var name = file[$"config/components/{component.Name}/".Length..];
        return name != Component.FileName && !name.StartsWith("root/", StringComparison.Ordinal);
    }
}

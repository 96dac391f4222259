using L4ReMusl.Foundation.Files;
using L4ReMusl.Images;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Stages;

namespace L4ReMusl.Goals;

/// <summary>Removes what the build made; files that the user put beside it stay.</summary>
/// <param name="layout">Where the results lie.</param>
/// <param name="architectures">All architectures.</param>
public sealed class OutputCleaner(BuildLayout layout, IReadOnlyList<Architecture> architectures)
{
    readonly StageFolders folders = new(layout.Output);

    /// <summary>Removes the results of all architectures, and the folders that this leaves empty.</summary>
    /// <returns>The number of bytes that were freed.</returns>
    public long Clean()
    {
        var freed = 0L;
        foreach (var path in Made())
        {
            freed += Directory.Exists(path) ? FileTree.Size(path)
                : new FileInfo(path) is { Exists: true, LinkTarget: null } file ? file.Length
                : 0;
            FileTree.Delete(path);
            DeleteEmptyFolders(Path.GetDirectoryName(path)!);
        }

        return freed;
    }

    IEnumerable<string> Made() =>
    [
        new DefaultImage(layout).Path, // First, while the target of this link still exists.
        .. architectures.SelectMany(ResultsFor),
        layout.MuslSource,
        layout.L4ReSource,
        layout.Rust,
        layout.Pack,
        layout.SourceLicences,
        layout.Archives,
        layout.Logs,
        layout.Reports,
        layout.Suites,
        folders.Stamps,
        folders.Scratch,
        folders.Kept,
        OutputLock.PathIn(layout.Output),
    ];

    IEnumerable<string> ResultsFor(Architecture architecture) =>
    [
        layout.Compiled(architecture),
        layout.Prefix(architecture),
        layout.DebugSymbols(architecture),
        .. ImageFormatCatalogue.All.Select(format => layout.Image(architecture, format, ImageLayout.DebugName)),
        layout.L4ReCompiled(architecture),
        layout.L4RePrefix(architecture),
        layout.CxxLibrary(architecture),
        layout.L4ReCxxLibrary(architecture),
        layout.FlavourTestPrograms(architecture),
        layout.Kernel(architecture),
        layout.L4ReTreePackage(architecture),
        layout.L4ReAssets(architecture),
        layout.L4ReImages(architecture),
        layout.Package(architecture),
        layout.RootFs(architecture),
        BuildLayout.Sbom(layout.RootFs(architecture)),
        .. ImageFormatCatalogue.All
            .Select(format => layout.Image(architecture, format))
            .SelectMany(image => new[] { image, BuildLayout.Sbom(image) }),
        .. ImageFormatCatalogue.All.Select(format => layout.ImageManifest(architecture, format)),
        layout.BootSet(architecture),
        BuildLayout.Sbom(layout.BootSet(architecture)),
        .. Folders(layout.BuiltComponents).Select(component => layout.Component(architecture, component)),
    ];

    // Not the names in the catalogue: results of a component that was removed from it must go as well.
    static IEnumerable<string> Folders(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path))] : [];

    // Up to and including the output folder.
    void DeleteEmptyFolders(string folder)
    {
        while (folder.StartsWith(layout.Output, StringComparison.Ordinal)
            && Directory.Exists(folder)
            && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
            folder = Path.GetDirectoryName(folder)!;
        }
    }
}

using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Images;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Stages;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>
/// A copy of the repository's inputs in a folder with spaces in its path. Tests build only in copies: while they run as part of
/// the target Test, the repository's own folder <c>out</c> is locked.
/// </summary>
public sealed class RepositoryCopy : IDisposable
{
    static readonly string[] Inputs = [".github", "config", "patches", "pkg"];
    static readonly string[] Results = ["musl", "pkg", "components", "lsb_root", "images"];

    // The builds of tests don't make image formats that a user once selected in the repository.
    static readonly IReadOnlyList<string> UnusualSuffixes =
    [
        .. ImageFormatCatalogue.All.Except(ImageFormatCatalogue.Default)
            .SelectMany(format => new[] { format.Suffix, format.Suffix + ".mtree", BuildLayout.Sbom(format.Suffix) }),
    ];

    readonly TempFolder temp = new("a clone ");

    public RepositoryCopy()
    {
        foreach (var folder in Inputs)
            FileTree.Copy(Path.Combine(RepositoryRoot.Path, folder), this[folder]);
        foreach (var file in Directory.EnumerateFiles(RepositoryRoot.Path))
            File.Copy(file, this[Path.GetFileName(file)]);
        Directory.CreateDirectory(this[".nuke"]);
        File.Copy(Path.Combine(RepositoryRoot.Path, ".nuke", "parameters.json"), this[".nuke", "parameters.json"]);
    }

    public string Root => temp.Path;

    public string this[params string[] parts] => temp[parts];

    internal BuildProgram Program => new(Root);

    internal BuildLayout Layout => new(Root, BuildProgram.CacheFolder);

    /// <summary>The names of the architectures that are built in the repository.</summary>
    internal static IReadOnlyList<string> Architectures { get; } = [.. Artefacts.Architectures.Select(row => (string)row[0])];

    /// <summary>The stages of a build for these architectures, in order.</summary>
    internal static IReadOnlyList<string> Stages { get; } =
    [
        "source-musl",
        .. Architectures.SelectMany(name => new[] { "compile", "stage", "package", "root" }
            .Concat(Artefacts.Components.Where(component => component != "musl"))
            .Select(stage => $"{stage}-{name}")
            .Concat([$"sbom-prefix-{name}", $"sbom-lsb-root-{name}"])
            .Concat(ImageFormatCatalogue.Default.SelectMany(format =>
                new[] { "image", "manifest", "sbom-image" }.Select(stage => $"{stage}-{name}-{format.Name}")))),
    ];

    /// <summary>Copies the results of the repository's own build with all times, as if the clone had been moved.</summary>
    public RepositoryCopy WithOutput()
    {
        Directory.CreateDirectory(Layout.Output);
        var made = new[] { ".stamps", "src", "build" }.Concat(Results)
            .Select(name => Path.Combine(Artefacts.Layout.Output, name));
        Tools.OfHost.Run(new ToolInvocation("cp", ["-a", .. made, Layout.Output])).OrThrow("copy the results");
        return this;
    }

    /// <summary>
    /// Copies a build tree of musl, from which a build goes on if only sources differ, with all times. Without one, or if more
    /// differs, it compiles everything.
    /// </summary>
    /// <param name="from">Where an earlier build was.</param>
    /// <param name="architecture">The architecture.</param>
    internal RepositoryCopy WithBuildTree(BuildLayout from, Architecture architecture)
    {
        var stage = $"compile-{architecture}";
        StageFolders source = new(from.Output), target = new(Layout.Output);
        if (!Directory.Exists(source.KeptOf(stage)))
            return this;
        Copy(source.KeptOf(stage), target.KeptOf(stage));
        Copy(source.StampOf($"{stage}.kept"), target.StampOf($"{stage}.kept"));
        return this;

        static void Copy(string path, string copy)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            Tools.OfHost.Run(new ToolInvocation("cp", "-a", path, copy)).OrThrow("copy the build tree");
        }
    }

    /// <summary>Whether a file in a cache of results is of musl or of a component; the others are made in seconds.</summary>
    internal static bool IsMadeByCompilers(string name) =>
        name.StartsWith("compile-", StringComparison.Ordinal)
        || Artefacts.Components.Any(component => name.StartsWith(component + "-", StringComparison.Ordinal));

    /// <summary>
    /// Makes a cache folder with all archives, and of the results only what compilers made: all other stages really run.
    /// </summary>
    /// <param name="folder">The folder. What else is in its cache of results is deleted.</param>
    /// <param name="withCompiled">Whether to put there what compilers made.</param>
    internal static void PrepareCache(string folder, bool withCompiled = true)
    {
        var results = Directory.CreateDirectory(Path.Combine(folder, "compiled")).FullName;
        if (!Directory.Exists(Path.Combine(folder, "downloads")))
            File.CreateSymbolicLink(Path.Combine(folder, "downloads"), Path.Combine(BuildProgram.CacheFolder, "downloads"));
        foreach (var path in Directory.GetFiles(results).Where(path => !IsMadeByCompilers(Path.GetFileName(path))))
            File.Delete(path);
        if (!withCompiled)
            return;
        foreach (var path in Directory.GetFiles(Path.Combine(BuildProgram.CacheFolder, "compiled"), "*.v1"))
        {
            if (IsMadeByCompilers(Path.GetFileName(path)))
                File.Copy(path, Path.Combine(results, Path.GetFileName(path)), overwrite: true);
        }
    }

    /// <summary>All results, with a line per file, folder and link: path, mode or target, and content.</summary>
    public IReadOnlyList<string> Describe() => Describe(Layout.Output);

    /// <summary>The same for the repository itself.</summary>
    public static IReadOnlyList<string> DescribeRepository() => Describe(Artefacts.Layout.Output);

    public void Dispose() => temp.Dispose();

    // What a user once selected: a component that is no longer in a root file system, debug symbols.
    static bool IsLeftOver(string folder, string path) => Path.GetFileName(folder) switch
    {
        "components" => !Artefacts.Components.Contains(path.Split('/')[0]),
        "images" => path.StartsWith(ImageLayout.DebugName, StringComparison.Ordinal),
        _ => false,
    };

    static List<string> Describe(string output) => [.. Results.SelectMany(name => Contents(Path.Combine(output, name)))];

    static IEnumerable<string> Contents(string folder) =>
        FileTree.List(folder)
            .Where(entry => !UnusualSuffixes.Any(entry.Path.Split('/')[0].EndsWith) && !IsLeftOver(folder, entry.Path))
            .Select(entry =>
                $"{Path.GetFileName(folder)}/{entry.Path} {entry.LinkTarget ?? Convert.ToString((int)entry.Mode, 8)} "
                + (entry.IsFile ? Fingerprint.Sha256OfFile(Path.Combine(folder, entry.Path)) : ""));
}

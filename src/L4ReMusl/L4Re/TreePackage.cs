using L4ReMusl.Incremental;
using L4ReMusl.Packaging;
using L4ReMusl.Reporting;
using Serilog;

namespace L4ReMusl.L4Re;

/// <summary>The package <c>musl</c> in a user's L4Re tree: linked there, built by the tree's own make, and looked at afterwards.</summary>
/// <param name="tree">The tree.</param>
/// <param name="source">The package's sources.</param>
/// <param name="make">Runs the tree's make.</param>
/// <param name="log">Is told when the tree gets a link.</param>
public sealed class TreePackage(L4ReTree tree, string source, TreeMake make, ILogger log)
{
    /// <summary>The file that makes a folder a package of L4Re.</summary>
    const string Control = "Control";

    /// <summary>Builds the package, so that other packages and boot images can use it.</summary>
    /// <param name="prefix">The staged prefix that it brings.</param>
    /// <param name="assets">What boot images need besides; <see langword="null"/> for nothing.</param>
    /// <exception cref="BuildException">The tree has another package of this name, its make failed, or something is not where it should be.</exception>
    public IReadOnlyList<Figure> Install(string prefix, string? assets)
    {
        Link();
        make.Run($"build the package musl in '{tree.Build}'",
            ["S=pkg/musl", $"MUSL_PREFIX={Escaped(prefix)}", .. assets is null ? (string[])[] : [$"MUSL_ASSETS={Escaped(assets)}"]]);
        var files = Verify(prefix);
        return [new Figure("files", $"{files}"), new Figure("in", tree.Build)];
    }

    void Link()
    {
        var link = new DirectoryInfo(tree.PackageLink);
        if (link.LinkTarget is null && !link.Exists)
        {
            Directory.CreateSymbolicLink(tree.PackageLink, source);
            log.Information("{Link} is now a link to {Source}, so that packages of the tree can require musl", tree.PackageLink, source);
            return;
        }

        if (!File.Exists(Path.Combine(tree.PackageLink, Control)) || ControlOf(tree.PackageLink) != ControlOf(source))
            throw new BuildException($"The L4Re tree has another '{tree.PackageLink}', which is not this project's package; move it away, or link it to '{source}'.");
    }

    static string ControlOf(string package) => File.ReadAllText(Path.Combine(package, Control));

    // Make expands what it reads from its command line.
    static string Escaped(string value) => value.Replace("$", "$$", StringComparison.Ordinal);

    int Verify(string prefix)
    {
        var package = new InstalledPackage(tree.Build, tree.Architecture);
        var libraries = Path.Combine(tree.Libraries("plain"), "musl");
        (string Staged, string Installed)[] files =
        [
            .. FilesBelow(Path.Combine(prefix, "include")).Select(name => (Path.Combine(prefix, "include", name), Path.Combine(package.Headers, name))),
            .. FilesBelow(Path.Combine(prefix, "lib")).Where(IsLibrary).Select(name => (Path.Combine(prefix, "lib", name), Path.Combine(libraries, name))),
            (Path.Combine(prefix, "lib", tree.Architecture.Loader), package.Loader),
            (Path.Combine(prefix, "lib", "libc.so"), package.Libc),
        ];
        var problems = files.Where(file => !File.Exists(file.Installed)).Select(file => $"{file.Installed} is missing")
            .Concat(files.Where(file => File.Exists(file.Installed) && !AreEqual(file.Staged, file.Installed)).Select(file => $"{file.Installed} is not {file.Staged}"))
            .Concat(File.Exists(package.PkgConfig) ? [] : [$"{package.PkgConfig} is missing"])
            .ToList();
        return problems.Count == 0
            ? files.Length + 1
            : throw new BuildException(
                $"The package musl is not what it should be after its build in '{tree.Build}':"
                + string.Concat(problems.Take(10).Select(problem => $"{Environment.NewLine}  {problem}")));
    }

    static bool IsLibrary(string name) => !name.Contains('/', StringComparison.Ordinal) && Path.GetExtension(name) != ".specs";

    // Links that lead to files count as files: the package has what they lead to.
    static IEnumerable<string> FilesBelow(string folder) =>
        FileTree.List(folder).Where(entry => !entry.IsFolder).Select(entry => entry.Path);

    static bool AreEqual(string one, string other) => Fingerprint.Sha256OfFile(one) == Fingerprint.Sha256OfFile(other);
}

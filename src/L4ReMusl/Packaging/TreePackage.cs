using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Text;
using L4ReMusl.L4Re;
using L4ReMusl.Musl;

namespace L4ReMusl.Packaging;

/// <summary>
/// The package <c>musl</c> in a user's L4Re tree: built by the tree's own makefiles into its build folder, and then checked.
/// </summary>
/// <remarks>
/// The source tree is left as it is. With a link in it, other packages could require musl, but whenever a package is added or
/// removed, L4Re configures itself and builds everything again, so adding the link is up to the user. A link that exists is
/// used.
/// </remarks>
/// <param name="tree">The tree.</param>
/// <param name="source">The package's sources.</param>
/// <param name="make">Runs the tree's make.</param>
public sealed class TreePackage(L4ReTree tree, string source, TreeMake make)
{
    /// <summary>The file that makes a folder a package of L4Re.</summary>
    const string Control = "Control";

    /// <summary>Builds the package, so that other packages and boot images can use it.</summary>
    /// <param name="prefix">The staged prefix that it contains.</param>
    /// <param name="native">That of the l4re flavour; <see langword="null"/> for none.</param>
    /// <param name="assets">What else boot images need; <see langword="null"/> for nothing.</param>
    /// <returns>The files that it put into the build folder.</returns>
    /// <exception cref="BuildException">
    /// The tree has another package of this name, its make failed, or something is not where it should be.
    /// </exception>
    public IReadOnlyList<string> Install(string prefix, string? native, string? assets)
    {
        string[] variables =
        [
            MakeVariable.Assign("MUSL_PREFIX", prefix),
            .. native is null ? (string[])[] : [MakeVariable.Assign("MUSL_NATIVE_PREFIX", native)],
            .. assets is null ? (string[])[] : [MakeVariable.Assign("MUSL_ASSETS", assets)],
        ];
        var purpose = $"build the package musl in '{tree.Build}'";
        if (IsInTree())
            make.Run(purpose, ["S=pkg/musl", .. variables]);
        else
            make.RunOutside(purpose, source, ["all", .. variables]);
        return Verify(prefix, native);
    }

    /// <summary>Builds the package of examples, which uses the l4re flavour.</summary>
    /// <exception cref="BuildException">The tree's make failed.</exception>
    /// <remarks>From outside: in the tree, L4Re would take a link for a package that requires nothing.</remarks>
    public void BuildExamples() =>
        make.RunOutside($"build the package musl-example in '{tree.Build}'", Path.Combine(source, "examples"), ["all"]);

    bool IsInTree()
    {
        var place = new DirectoryInfo(tree.PackageLink);
        if (place.LinkTarget is null && !place.Exists)
            return false;
        return File.Exists(Path.Combine(place.FullName, Control)) && ControlOf(place.FullName) == ControlOf(source)
            ? true
            : throw new BuildException(
                $"The L4Re tree has another '{place.FullName}', which is not this project's package; move it away, "
                + $"or link it to '{source}'.");
    }

    static string ControlOf(string package) => File.ReadAllText(Path.Combine(package, Control));

    List<string> Verify(string prefix, string? native)
    {
        var package = new InstalledPackage(tree.Build, tree.Architecture);
        var libraries = Path.Combine(tree.PlainLibraries, "musl");
        (string Staged, string Installed)[] files =
        [
            .. FilesBelow(Path.Combine(prefix, "include"))
                .Select(name => (Path.Combine(prefix, "include", name), Path.Combine(package.Headers, name))),
            .. FilesBelow(Path.Combine(prefix, "lib"))
                .Where(IsLibrary)
                .Select(name => (Path.Combine(prefix, "lib", name), Path.Combine(libraries, name))),
            (Path.Combine(prefix, "lib", tree.Architecture.Loader), package.Loader),
            (Path.Combine(prefix, "lib", "libc.so"), package.Libc),
            .. native is null ? [] : NativeFiles(native, package),
        ];
        string[] written = [package.PkgConfig, .. native is null ? [] : package.NativeDescriptions];
        var problems = files.Where(file => !File.Exists(file.Installed)).Select(file => $"{file.Installed} is missing")
            .Concat(files
                .Where(file => File.Exists(file.Installed) && !AreEqual(file.Staged, file.Installed))
                .Select(file => $"{file.Installed} is not {file.Staged}"))
            .Concat(written.Where(file => !File.Exists(file)).Select(file => $"{file} is missing"))
            .ToList();
        return problems.Count == 0
            ? [.. files.Select(file => file.Installed), .. written]
            : throw new BuildException(
                $"The package musl is not what it should be after its build in '{tree.Build}':"
                + IndentedLines.Of(problems.Take(10)));
    }

    // The libraries and start files of the flavour, and those of its backends that a task of L4Re can use, in one folder.
    IEnumerable<(string Staged, string Installed)> NativeFiles(string prefix, InstalledPackage package)
    {
        var backend = Path.Combine(prefix, BackendFolder.Of(Flavour.L4Re.Name));
        string[] headers = [Path.Combine(prefix, "include"), Path.Combine(backend, "include")];
        var libraries = Path.Combine(prefix, "lib");
        string[] folders = [libraries, backend, Path.Combine(prefix, BackendFolder.Of(BackendFolder.Fallback))];
        return
        [
            .. from folder in headers
               from name in FilesBelow(folder)
               select (Path.Combine(folder, name), Path.Combine(package.NativeHeaders, name)),
            .. from folder in folders
               from name in FilesBelow(folder)
               where IsLibrary(name)
               select (Path.Combine(folder, name), Path.Combine(tree.KernelLibraries, "musl-native", name)),
        ];
    }

    static bool IsLibrary(string name) => !name.Contains('/', StringComparison.Ordinal) && Path.GetExtension(name) != ".specs";

    // Links to files count as files, because the package has copies of their targets.
    static IEnumerable<string> FilesBelow(string folder) =>
        FileTree.List(folder).Where(entry => !entry.IsFolder).Select(entry => entry.Path);

    static bool AreEqual(string one, string other) => Fingerprint.Sha256OfFile(one) == Fingerprint.Sha256OfFile(other);
}

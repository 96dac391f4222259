using System.Text.RegularExpressions;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Machines;

namespace L4ReMusl.L4Re;

/// <summary>A user's L4Re tree: the sources, and a build folder that is configured for an architecture.</summary>
/// <param name="Source">The source tree.</param>
/// <param name="Build">The build folder, which L4Re's makefiles call <c>O</c>.</param>
/// <param name="Architecture">What it is configured for.</param>
/// <param name="Cpu">The CPU in the names of its library folders, such as <c>armv8a</c>.</param>
/// <param name="Platform">The machine that it is configured for, such as <c>arm_virt</c>.</param>
public sealed partial record L4ReTree(string Source, string Build, Architecture Architecture, string Cpu, string Platform)
{
    // L4Re's own makefiles include these files, so every tree has them.
    static readonly string[] SourceMarks = ["mk/Makeconf", "mk/subdir.mk", "pkg/Makefile"];

    /// <summary>Where the package's sources may be linked into the source tree.</summary>
    public string PackageLink => Path.Combine(Source, "pkg", "musl");

    /// <summary>The folder of the libraries that do not use L4Re's kernel interface.</summary>
    public string PlainLibraries => Path.Combine(Libraries, "plain");

    /// <summary>The folder of those that do.</summary>
    public string KernelLibraries => Path.Combine(Libraries, "l4f");

    /// <summary>The compiler options for the headers of L4Re's kernel interface.</summary>
    public IReadOnlyList<string> CompilerOptions => [.. HeaderFolders.SelectMany(folder => new[] { "-isystem", folder })];

    /// <summary>Differs after a header was changed.</summary>
    public string StateOfHeaders => Fingerprint.Sha256(string.Join('\n',
        from folder in HeaderFolders
        from file in Directory.EnumerateFiles(Path.Combine(folder, "l4"), "*", Followed).Order(StringComparer.Ordinal)
        let info = new FileInfo(file)
        let header = info.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? info
        select $"{file} {(header.Exists ? header.Length : 0)} {(header.Exists ? header.LastWriteTimeUtc.Ticks : 0)}"));

    string Libraries => Path.Combine(Build, "lib", $"{Architecture.Name}_{Cpu}", "std");

    // The architecture's own headers come first.
    string[] HeaderFolders => [Path.Combine(Build, "include", Architecture.Name), Path.Combine(Build, "include")];

    string HeaderOfL4Re => Path.Combine(Build, "include", "l4", "re", "env.h");

    // L4Re's include folders hold links to folders of its packages.
    static EnumerationOptions Followed => new() { RecurseSubdirectories = true, AttributesToSkip = 0, MaxRecursionDepth = 6 };

    /// <summary>Checks the folders that the user named.</summary>
    /// <param name="source">The source tree; the one that the build folder belongs to if <see langword="null"/>.</param>
    /// <param name="build">The build folder.</param>
    /// <param name="known">All architectures.</param>
    /// <exception cref="BuildException">
    /// A folder is not what it should be; the message says what is wrong and what would be right.
    /// </exception>
    public static L4ReTree Open(string? source, string? build, IReadOnlyList<Architecture> known)
    {
        if (build is null)
        {
            throw new BuildException(
                $"--l4re-source '{source}' needs --l4re-build as well: the folder that was made with 'make B=<folder>' there.");
        }

        var origin = OriginOf(build);
        source = Path.GetFullPath(source ?? origin);
        foreach (var path in (string[])[Path.GetFullPath(build), source])
            CheckSpaces(path);
        if (!Directory.Exists(source))
            throw new BuildException($"The L4Re source tree '{source}' does not exist; check --l4re-source.");
        if (SourceMarks.FirstOrDefault(mark => !File.Exists(Path.Combine(source, mark))) is { } missing)
        {
            throw new BuildException(
                $"'{source}' is not an L4Re source tree: it has no {missing}. "
                + "--l4re-source takes the folder that has 'mk' and 'pkg' in it.");
        }

        if (Real(source) != Real(origin))
        {
            throw new BuildException(
                $"The build folder '{build}' belongs to the source tree '{origin}', not to '{source}'; "
                + "name the matching one, or leave --l4re-source out.");
        }

        return Configured(source, Path.GetFullPath(build), known);
    }

    /// <summary>Checks that L4Re's makefiles can handle a path.</summary>
    /// <exception cref="BuildException">They cannot.</exception>
    public static void CheckSpaces(string path)
    {
        if (path.Any(char.IsWhiteSpace))
        {
            throw new BuildException(
                $"L4Re's makefiles cannot handle the space in '{path}'; move the folder to a path that has none.");
        }
    }

    // The makefile that L4Re puts into a build folder says where the sources are.
    static string OriginOf(string build)
    {
        if (!Directory.Exists(build))
        {
            throw new BuildException(
                $"The L4Re build folder '{build}' does not exist; check --l4re-build, "
                + "or make it with 'make B=<folder>' in the source tree.");
        }

        var makefile = Path.Combine(build, "Makefile");
        if (!File.Exists(makefile) || SourceLine().Match(File.ReadAllText(makefile)) is not { Success: true } line)
        {
            throw new BuildException(
                $"'{build}' is not an L4Re build folder: it has no Makefile with the line 'SRC := ...'. "
                + "--l4re-build takes the folder that was made with 'make B=<folder>' in the source tree.");
        }

        return line.Groups["path"].Value.Trim();
    }

    static L4ReTree Configured(string source, string build, IReadOnlyList<Architecture> known)
    {
        var file = Path.Combine(build, ".kconfig");
        if (!File.Exists(file))
        {
            throw new BuildException(
                $"The L4Re build folder '{build}' is not configured: it has no .kconfig. "
                + $"Run 'make O={build} config' in '{source}'.");
        }

        var configuration = File.ReadAllText(file);
        var (name, cpu) = (Value(configuration, "BUILD_ARCH"), Value(configuration, "CPU"));
        if (known.FirstOrDefault(architecture => architecture.Name == name) is not { } architecture || cpu is null)
        {
            throw new BuildException(
                $"The L4Re build folder '{build}' is configured for '{name ?? "no architecture"}', "
                + $"for which this project has no musl; it has: {string.Join(", ", known)}.");
        }

        var tree = new L4ReTree(source, build, architecture, cpu, Value(configuration, "PLATFORM_TYPE") ?? "");
        // Configuring makes some of these folders, too.
        string[] built = [.. tree.HeaderFolders.Select(folder => Path.Combine(folder, "l4")), tree.HeaderOfL4Re];
        if (built.FirstOrDefault(path => !Path.Exists(path)) is { } missing)
        {
            throw new BuildException(
                $"The L4Re build folder '{build}' is configured, but was not built: it has no "
                + $"{Path.GetRelativePath(build, missing)}. Run 'make O={build}' in '{source}'.");
        }

        return tree;
    }

    static string? Value(string configuration, string key) =>
        Regex.Match(configuration, $"^CONFIG_{key}=\"(?<value>[^\"]+)\"$", RegexOptions.Multiline) is { Success: true } match
            ? match.Groups["value"].Value
            : null;

    // The path with all links resolved, so that two paths can be compared.
    static string Real(string path)
    {
        var real = "/";
        foreach (var part in Path.GetFullPath(path).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            real = Directory.ResolveLinkTarget(real, returnFinalTarget: true) is { } target ? Real(target.FullName) : real;
        }

        return real;
    }

    [GeneratedRegex(@"^SRC\s*:=(?<path>.+)$", RegexOptions.Multiline)]
    private static partial Regex SourceLine();
}

using L4ReMusl.Foundation.Files;
using L4ReMusl.Machines;
using L4ReMusl.Musl;
using L4ReMusl.Sources;

namespace L4ReMusl.Components;

/// <summary>Software that goes into the root file system besides musl.</summary>
/// <param name="Name">Its name, which is also the name of its folder.</param>
/// <param name="Description">What it is, in a few words.</param>
/// <param name="Folder">The folder of its files, <c>config/components/NAME</c>.</param>
public sealed record Component(string Name, string Description, string Folder)
{
    /// <summary>The name of the file that describes a component, in its folder.</summary>
    public const string FileName = "component.json";

    static readonly string[] DevelopmentFolders = ["usr/include", "usr/lib/pkgconfig", "usr/share/pkgconfig"];

    /// <summary>What is built, and the script that builds it; <see langword="null"/> if it is a crate.</summary>
    public ComponentScript? Script { get; init; }

    /// <summary>Its archive of sources; <see langword="null"/> if its sources are in this repository.</summary>
    public SourceArchive? Source => Script?.Source;

    /// <summary>Its crate in this repository; <see langword="null"/> if a script builds it.</summary>
    public string? Crate { get; init; }

    /// <summary>Its version, for people.</summary>
    public string Version => Source?.Version ?? "of this repository";

    /// <summary>The components, besides musl, that it needs to build or to run.</summary>
    public IReadOnlyList<string> Dependencies { get; init; } = [];

    /// <summary>The languages, besides C, that the prefix must have.</summary>
    public IReadOnlyList<Language> Languages { get; init; } = [];

    /// <summary>The host tools that its script calls, besides make and the cross compiler.</summary>
    public IReadOnlyList<ComponentTool> HostTools { get; init; } = [];

    /// <summary>Its login shells, as paths for <c>/etc/shells</c>; root gets the first shell of all components.</summary>
    public IReadOnlyList<string> Shells { get; init; } = [];

    /// <summary>The program that the kernel starts first; <see langword="null"/> if it has none.</summary>
    public string? Init { get; init; }

    /// <summary>Files of other components, as paths in the root file system, that it has its own instead of.</summary>
    public IReadOnlyList<string> Replaces { get; init; } = [];

    /// <summary>The programs that it declares: its shells and its init.</summary>
    public IReadOnlyList<string> Brings => Init is null ? Shells : [.. Shells, Init];

    /// <summary>Its licence, and its names in lists of software and vulnerabilities.</summary>
    public ComponentIdentity Identity { get; init; } = new(null, null, []);

    /// <summary>Commands that test it.</summary>
    public IReadOnlyList<ComponentCheck> Checks { get; init; } = [];

    /// <summary>Whether an installed file is only for compiling and linking, and does not go into root file systems.</summary>
    /// <param name="path">Its path in the root file system, without the slash at its beginning.</param>
    public static bool IsForDevelopment(string path) =>
        DevelopmentFolders.Any(folder => FileTree.IsWithin(path, folder))
        || path.EndsWith(".a", StringComparison.Ordinal);

    /// <summary>The folder of files that go into the root file system unchanged; it need not exist.</summary>
    public string RootFiles => Path.Combine(Folder, "root");
}

/// <summary>The licence of a component, and its names in lists of software and vulnerabilities.</summary>
/// <param name="Licence">The licence, as an SPDX expression; <see langword="null"/> if its file names none.</param>
/// <param name="Cpe">
/// Vendor and product in the Common Platform Enumeration, such as <c>gnu:bash</c>, or <see langword="null"/>.
/// </param>
/// <param name="Repositories">The URLs of its repository.</param>
public sealed record ComponentIdentity(string? Licence, string? Cpe, IReadOnlyList<string> Repositories);

/// <summary>A host tool.</summary>
/// <param name="Program">Its name, or the path of a file that must exist.</param>
/// <param name="Package">The Debian package that contains it.</param>
public sealed record ComponentTool(string Program, string Package);

/// <summary>A command that tests a component, in user-mode emulation and in the booted system.</summary>
/// <param name="Name">A short name without spaces.</param>
/// <param name="Command">
/// The program's path in the root file system, and its arguments. It must not start other programs, because in user-mode
/// emulation those would be the host's.
/// </param>
/// <param name="Output">
/// What it must print; line breaks at the end are ignored, and <c>@TRIPLE@</c> stands for the architecture's triple.
/// </param>
public sealed record ComponentCheck(string Name, IReadOnlyList<string> Command, string Output)
{
    /// <summary>Whether it works in the booted system only.</summary>
    public bool IsForBootedSystem { get; init; }

    /// <summary>What it must print on an architecture.</summary>
    public string OutputOn(Architecture architecture) =>
        Output.Replace("@TRIPLE@", architecture.Triple, StringComparison.Ordinal);

    /// <summary>Its name among the checks of all components.</summary>
    public string FullName(Component component) => $"{component.Name}.{Name}";
}

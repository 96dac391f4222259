namespace L4ReMusl.Components;

/// <summary>A piece of software that goes into the root file system besides musl.</summary>
/// <param name="Name">Its name, which is that of its folder.</param>
/// <param name="Description">What it is, in a few words.</param>
/// <param name="Folder">The folder of its files, <c>config/components/NAME</c>.</param>
public sealed record Component(string Name, string Description, string Folder)
{
    /// <summary>The name of the file that describes a component, in its folder.</summary>
    public const string FileName = "component.json";

    /// <summary>Its sources, and the script that builds them; <see langword="null"/> if it is a crate.</summary>
    public ComponentScript? Script { get; init; }

    /// <summary>The crate of this repository that it is; <see langword="null"/> if it is built from an archive.</summary>
    public string? Crate { get; init; }

    /// <summary>Its version, for people.</summary>
    public string Version => Script?.Source.Version ?? "of this repository";

    /// <summary>The components that it is built with or runs on; musl goes without saying.</summary>
    public IReadOnlyList<string> Dependencies { get; init; } = [];

    /// <summary>The programs of the host that its script calls, besides make and the cross compiler.</summary>
    public IReadOnlyList<ComponentTool> HostTools { get; init; } = [];

    /// <summary>The login shells that it brings, as they stand in <c>/etc/shells</c>; root's shell is the first of all.</summary>
    public IReadOnlyList<string> Shells { get; init; } = [];

    /// <summary>The program that the kernel starts first, if it brings one.</summary>
    public string? Init { get; init; }

    /// <summary>The programs that it says it brings: its shells, and its init.</summary>
    public IReadOnlyList<string> Brings => Init is null ? Shells : [.. Shells, Init];

    /// <summary>Its licence, and the names by which others know it.</summary>
    public ComponentIdentity Identity { get; init; } = new(null, null, []);

    /// <summary>What shows that it works.</summary>
    public IReadOnlyList<ComponentCheck> Checks { get; init; } = [];

    /// <summary>Its files that go into the root file system as they are; there need not be any.</summary>
    public string RootFiles => Path.Combine(Folder, "root");
}

/// <summary>The licence of a component, and the names by which lists of software and of vulnerabilities know it.</summary>
/// <param name="Licence">The licence, as an SPDX expression; <see langword="null"/> if its file does not say it.</param>
/// <param name="Cpe">
/// Vendor and product in the Common Platform Enumeration, such as <c>gnu:bash</c>, or <see langword="null"/>.
/// </param>
/// <param name="Repositories">The addresses of its repository.</param>
public sealed record ComponentIdentity(string? Licence, string? Cpe, IReadOnlyList<string> Repositories);

/// <summary>A program of the host.</summary>
/// <param name="Program">Its name; or the path of a file that must be there.</param>
/// <param name="Package">The Debian package that brings it.</param>
public sealed record ComponentTool(string Program, string Package);

/// <summary>A command that shows that a component works, in user-mode emulation and in the booted system alike.</summary>
/// <param name="Name">A short name without blanks.</param>
/// <param name="Command">The program's path in the root file system, and its arguments. It must not start other programs: in
/// user-mode emulation those would be the host's.</param>
/// <param name="Output">What it must print, but for line breaks at the end.</param>
public sealed record ComponentCheck(string Name, IReadOnlyList<string> Command, string Output)
{
    /// <summary>Its name among the checks of all components.</summary>
    public string FullName(Component component) => $"{component.Name}.{Name}";
}

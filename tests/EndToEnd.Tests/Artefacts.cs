using L4ReMusl.Components;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>The results of the target <c>LsbRoot</c> in the repository's folder <c>out</c>.</summary>
static class Artefacts
{
    public static BuildLayout Layout { get; } = new(RepositoryRoot.Path, Path.Combine(RepositoryRoot.Path, "out", "no-cache"));

    /// <summary>The names of the architectures that were built. If none was, theories fail.</summary>
    public static IEnumerable<object[]> Architectures => ArchitectureCatalogue.All
        .Where(architecture => Directory.Exists(Layout.RootFs(architecture)))
        .Select(architecture => new object[] { architecture.Name });

    /// <summary>The names of the components in the root file systems. Others may have been built earlier.</summary>
    public static IReadOnlyList<string> Components { get; } =
    [
        .. new ComponentCatalogue(Layout.Components).Names.Where(name => name == ComponentCatalogue.Musl
            || File.Exists($"{Layout.RootFs(Named((string)Architectures.First()[0]))}/usr/libexec/l4re-musl/smoke.d/{name}")),
    ];

    public static Architecture Named(string name) => ArchitectureCatalogue.All.Single(architecture => architecture.Name == name);

    /// <summary>Runs a program of a root file system in user-mode emulation, through its loader as the kernel would.</summary>
    public static ToolResult Emulate(Architecture architecture, string root, params string[] command) =>
        EmulateIn(null, architecture, root, command);

    /// <summary>The same, started in a given folder or in the current one.</summary>
    public static ToolResult EmulateIn(string? folder, Architecture architecture, string root, params string[] command) =>
        Tools.OfHost.Run(new ToolInvocation(architecture.QemuUser, ["-L", root, .. command])
        {
            WorkingDirectory = folder,
            Timeout = TimeSpan.FromMinutes(2),
        });
}

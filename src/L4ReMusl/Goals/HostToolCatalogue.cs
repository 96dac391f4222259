using L4ReMusl.Components;
using L4ReMusl.Debian;
using L4ReMusl.HostTools;
using L4ReMusl.Images;
using L4ReMusl.Machines;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Sources;

namespace L4ReMusl.Goals;

/// <summary>The host tools, and the Debian packages that provide them.</summary>
public static class HostToolCatalogue
{
    // Debian packages that have the name of their program.
    static readonly string[] PackagedLaunchers = ["ccache", "distcc", "icecc", "sccache"];

    const string OwnRust = "Debian has this package, Ubuntu does not; rustup (https://rustup.rs) brings it as well.";

    // Debian's newer compiler, whose sources are packaged as well; a Rust toolchain of the user's comes first.
    static readonly HostTool[] RustTools =
    [
        new(["cargo"], "cargo-web", [ToolNeed.Rust]) { Remedy = OwnRust },
        new(["rustc"], "rustc-web", [ToolNeed.Rust]) { Remedy = OwnRust },
        new(["xz"], "xz-utils", [ToolNeed.Rust]),
        new(["apt-get"], "apt", [ToolNeed.Rust]) { IsOptional = true },
        new([DebianApt.DebianKeyring], "debian-archive-keyring", [ToolNeed.Rust]) { IsData = true, IsWanted = true },
    ];

    // The sources of the C++ library are in a package of Debian's.
    static readonly HostTool[] CxxTools =
    [
        new(["xz"], "xz-utils", [ToolNeed.Compile]),
        new(["apt-get"], "apt", [ToolNeed.Compile]),
        new(["dpkg-deb"], "dpkg", [ToolNeed.Compile]),
        new([DebianApt.DebianKeyring], "debian-archive-keyring", [ToolNeed.Compile]) { IsData = true },
    ];

    static readonly HostTool[] Common =
    [
        new(["make"], "make", [ToolNeed.Compile, ToolNeed.Component, ToolNeed.Package, ToolNeed.Test]),
        new(["git"], "git", [ToolNeed.Compile, ToolNeed.Patch]),
        new(["pkg-config"], "pkg-config", [ToolNeed.Test]),
        new(["autoconf"], "autoconf", [ToolNeed.Test]),
        new(["cmake"], "cmake", [ToolNeed.Test]),
        new(["gdb-multiarch"], "gdb-multiarch", [ToolNeed.Test]),
        new(["meson"], "meson", [ToolNeed.Test]),
        new(["ninja"], "ninja-build", [ToolNeed.Test]),
        new(["cpio"], "cpio", [ToolNeed.Test]),
        new(["script"], "bsdutils", [ToolNeed.Test]),
        new(["npm"], "npm", [ToolNeed.Test]),
        new(["node"], "nodejs", [ToolNeed.Test]),
        new(["gpg"], "gnupg", [ToolNeed.Test]), // The tests sign archives with it.
        new(["apt-get"], "apt", [ToolNeed.Kernel]),
        new(["dpkg-deb"], "dpkg", [ToolNeed.Kernel]),
        new([DebianApt.DebianKeyring], "debian-archive-keyring", [ToolNeed.Kernel]) { IsData = true },
        new(["gpg"], "gnupg", [ToolNeed.Signature]) { IsOptional = true },
        new(["ssh-keygen"], "openssh-client", [ToolNeed.Sign, ToolNeed.Test]) { VersionArguments = null },
        new(["gh"], "gh", [ToolNeed.Publish]),
    ];

    /// <summary>The tools that <paramref name="selection"/> needs, each with only the selected kinds of work.</summary>
    public static IReadOnlyList<HostTool> For(ToolSelection selection) =>
    [
        .. All(selection)
            .Select(tool => tool with { Needs = [.. tool.Needs.Where(selection.Needs.Contains)] })
            .Where(tool => tool.Needs.Count > 0)
            .GroupBy(tool => tool.Name, (_, same) => Merge([.. same])),
    ];

    // A tool may be optional for one kind of work and required for another.
    static HostTool Merge(IReadOnlyList<HostTool> same) => same[0] with
    {
        Needs = [.. same.SelectMany(tool => tool.Needs).Distinct()],
        IsOptional = same.All(tool => tool.IsOptional),
        IsWanted = same.All(tool => tool.IsWanted),
    };

    static IEnumerable<HostTool> All(ToolSelection selection) =>
    [
        .. selection.Architectures.Select(architecture => Compiler(architecture, selection)),
        .. selection.Architectures.Select(architecture => CxxCompiler(architecture, selection)),
        .. selection.HasCxx ? CxxTools : CxxTools.Select(tool => tool with { Needs = [ToolNeed.Test] }),
        .. Launcher(selection.CompilerLauncher),
        .. Common,
        .. RustTools,
        .. selection.Components.SelectMany(ToolsOf),
        .. selection.Architectures.SelectMany(architecture => Headers(architecture, selection)),
        .. ImageFormatCatalogue.All.SelectMany(format => ToolsOf(format, selection.ImageFormats.Contains(format))),
        .. selection.Architectures.SelectMany(Emulators),
        .. selection.TestArchitectures.SelectMany(architecture => ForTests(architecture, selection)),
    ];

    static IEnumerable<HostTool> Emulators(Architecture architecture) =>
    [
        new HostTool([architecture.QemuUser], "qemu-user", [ToolNeed.SelfTest, ToolNeed.RustTest, ToolNeed.Test]),
        .. architecture.Emulation is { } emulation
            ? [new HostTool([emulation.QemuSystem], emulation.QemuPackage, [ToolNeed.Boot])]
            : Array.Empty<HostTool>(),
    ];

    // The tests take these architectures all the way to a boot.
    static IEnumerable<HostTool> ForTests(Architecture architecture, ToolSelection selection) =>
        from tool in (HostTool[])
            [Compiler(architecture, selection), .. Headers(architecture, ToolNeed.Test), .. Emulators(architecture)]
        select tool with { Needs = [ToolNeed.Test] };

    // Components are built with them, and a prefix has them on request.
    static IEnumerable<HostTool> Headers(Architecture architecture, ToolSelection selection) => Headers(
        architecture,
        [
            .. selection.Components.Count > 0 ? [ToolNeed.Component] : Array.Empty<ToolNeed>(),
            .. selection.KernelHeaders ? [ToolNeed.Compile] : Array.Empty<ToolNeed>(),
        ]);

    static IEnumerable<HostTool> Headers(Architecture architecture, params ToolNeed[] needs) =>
        architecture.KernelHeaders is { } headers && needs.Length > 0
            ? [new HostTool([headers.Marker], headers.Package, needs) { IsData = true }]
            : [];

    static HostTool Compiler(Architecture architecture, ToolSelection selection)
    {
        ToolNeed[] needs = [ToolNeed.Compile, ToolNeed.Package, ToolNeed.Test];
        return selection.OwnPrefixes.TryGetValue(architecture.Name, out var prefix)
            ? new HostTool([prefix + "gcc"], null, needs)
            {
                Remedy = ToolPrefix.Correction(architecture, prefix),
            }
            : new HostTool([.. architecture.CrossPrefixes.Select(usual => usual + "gcc")], architecture.CompilerPackage, needs);
    }

    // The tests build the C++ library in any case.
    static HostTool CxxCompiler(Architecture architecture, ToolSelection selection)
    {
        ToolNeed[] needs = selection.HasCxx ? [ToolNeed.Compile, ToolNeed.Package, ToolNeed.Test] : [ToolNeed.Test];
        return selection.OwnPrefixes.TryGetValue(architecture.Name, out var prefix)
            ? new HostTool([prefix + "g++"], null, needs)
            {
                Remedy = $"install the compiler for C++ that belongs to '{prefix}gcc', or leave c++ out of --languages.",
            }
            : new HostTool([.. architecture.CrossPrefixes.Select(usual => usual + "g++")], architecture.CxxPackage, needs);
    }

    static IEnumerable<HostTool> Launcher(string? launcher) => launcher is null
        ? []
        : [new HostTool([launcher], PackagedLaunchers.FirstOrDefault(launcher.Equals), [ToolNeed.Compile])
        {
            Remedy = $"correct '--compiler-launcher {launcher}', or leave it out.",
        }];

    static IEnumerable<HostTool> ToolsOf(Component component) =>
    [
        .. component.HostTools.Select(tool => new HostTool([tool.Program], tool.Package, [ToolNeed.Component])
        {
            IsData = tool.Program.StartsWith('/'),
        }),
        .. component.Crate is not null ? RustTools.Select(tool => tool with { Needs = [ToolNeed.Component] }) : [],
        .. component.Source is { } source && SourceUnpacker.NeedsXz(source)
            ? [new HostTool(["xz"], "xz-utils", [ToolNeed.Component])]
            : Array.Empty<HostTool>(),
    ];

    // The tests make images of all formats.
    static IEnumerable<HostTool> ToolsOf(IImageFormat format, bool isSelected) =>
        isSelected ? format.Tools : format.Tools.Select(tool => tool with { Needs = [ToolNeed.Test] });
}

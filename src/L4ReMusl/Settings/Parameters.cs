using L4ReMusl.CommandLine;
using L4ReMusl.Components;
using L4ReMusl.Images;
using L4ReMusl.Machines;
using L4ReMusl.Musl;

namespace L4ReMusl.Settings;

/// <summary>
/// The build's parameters; nothing about them is repeated elsewhere. Descriptions are constants because NUKE's attributes
/// need constants.
/// </summary>
/// <remarks>
/// This file: what to build. The other parts of the class: how to build it, and what to do with the results.
/// </remarks>
public static partial class Parameters
{
    const string Selection = "Selection";

    /// <summary>See <see cref="Architectures"/>.</summary>
    public const string ArchitecturesText = "Architectures to build for.";

    /// <summary>See <see cref="Components"/>.</summary>
    public const string ComponentsText =
        "Components to put into the root file systems; what they depend on is added. Each has a folder in config/components.";

    /// <summary>See <see cref="DebugSymbols"/>.</summary>
    public const string DebugSymbolsText = "Keeps musl's debug symbols, in out/debug/<arch> and in images of their own, by build "
        + "ID, so that debuggers find them.";

    /// <summary>See <see cref="Flavours"/>.</summary>
    public const string FlavoursText = "Flavours of musl: in linux, system calls go to a Linux kernel; in l4re, they are "
        + "function calls, so that musl runs without Linux.";

    /// <summary>See <see cref="ImageFormats"/>.</summary>
    public const string ImageFormatsText = "Formats in which to make images. Images that exist in other formats are left alone.";

    /// <summary>See <see cref="KernelHeaders"/>.</summary>
    public const string KernelHeadersText = "Puts the Linux kernel's headers into the prefixes, too, in a folder of their own "
        + "that the compiler wrapper searches, so that programs can include linux/*.h.";

    /// <summary>See <see cref="Languages"/>.</summary>
    public const string LanguagesText = "Languages that the prefixes have compilers and libraries for. C is always there; the "
        + "standard library of C++ is built from the sources of the cross compiler's version, which Debian's archive has.";

    /// <summary>See <see cref="MuslVersion"/>.</summary>
    public const string MuslVersionText = "Version of musl, one of those in config/sources.json; for AddVersion, the one to add.";

    /// <summary>Which architectures to build for. The valid values come from <see cref="For"/>.</summary>
    public static Parameter<IReadOnlyList<Architecture>> Architectures { get; } = ArchitecturesAmong([]);

    /// <summary>Which components go into root file systems. The valid values come from <see cref="AllIn"/>.</summary>
    public static Parameter<IReadOnlyList<string>> Components { get; } = new(
        nameof(Components), ComponentsText, Selection, ParameterKind.List,
        words => words.Count > 0
            ? [.. words.SelectMany(ParameterInfo.SplitNames).Where(name => name != ComponentCatalogue.Root)]
            : ComponentCatalogue.Default)
    {
        Placeholder = "NAME",
        Example = "musl busybox bash",
        Default = string.Join(' ', ComponentCatalogue.Default),
    };

    /// <summary>Whether musl's debug symbols are kept.</summary>
    public static Parameter<bool> DebugSymbols { get; } = Parameter.Flag(nameof(DebugSymbols), DebugSymbolsText, Selection);

    /// <summary>Which flavours of musl to build; if empty, the targets decide.</summary>
    public static Parameter<IReadOnlyList<Flavour>> Flavours { get; } =
        Parameter.Choices(nameof(Flavours), FlavoursText, Selection, Flavour.All, flavour => flavour.Name, []) with
        {
            Placeholder = "NAME",
            Default = "linux; both for Test, or with an L4Re tree",
        };

    /// <summary>Which images to make.</summary>
    public static Parameter<IReadOnlyList<IImageFormat>> ImageFormats { get; } = Parameter.Choices(
        nameof(ImageFormats), ImageFormatsText, Selection,
        ImageFormatCatalogue.All, format => format.Name, ImageFormatCatalogue.Default) with
    {
        Placeholder = "FORMAT",
        Example = "squashfs tar",
    };

    /// <summary>Whether prefixes have the kernel's headers.</summary>
    public static Parameter<bool> KernelHeaders { get; } = Parameter.Flag(nameof(KernelHeaders), KernelHeadersText, Selection);

    /// <summary>Which languages the prefixes are for.</summary>
    public static Parameter<IReadOnlyList<Language>> Languages { get; } = Parameter.Choices(
        nameof(Languages), LanguagesText, Selection, Language.All, language => language.Name, [Language.C]) with
    {
        Placeholder = "NAME",
        Example = "c c++",
    };

    /// <summary>The version of musl.</summary>
    public static Parameter<string> MuslVersion { get; } = new(
        nameof(MuslVersion), MuslVersionText, Selection, ParameterKind.Text,
        words => words is [var version, ..] ? version : SettingsParser.DefaultMuslVersion)
    {
        Placeholder = "VERSION",
        Example = "1.2.6",
        Default = SettingsParser.DefaultMuslVersion,
        Variable = "MUSL_VERSION",
    };

    /// <summary>All parameters, in the order of the help, with the values that are valid for some architectures.</summary>
    public static IReadOnlyList<ParameterInfo> For(IReadOnlyList<Architecture> architectures) =>
    [
        ArchitecturesAmong(architectures), Components, DebugSymbols, Flavours, ImageFormats, KernelHeaders, Languages,
        MuslVersion,
        Mirrors, Offline, CacheFolder, CacheSize, RemoteCache, RemoteCacheMode, RemoteCacheKey,
        .. architectures.Select(CrossCompile), CompilerLauncher, Jobs, KeepGoing, NoProvision,
        L4ReBuild, L4ReSource, SmokeLevel, BootImage, DebianMirror, Locked, UpdateKernels,
        RustTargetsAmong(architectures), Advisories, PackFolder, SigningKey, AllowedSigners,
    ];

    /// <summary>All parameters, with the values that are valid in a repository.</summary>
    /// <param name="root">The repository, which describes the components.</param>
    /// <param name="architectures">Its architectures.</param>
    public static IReadOnlyList<ParameterInfo> AllIn(string root, IReadOnlyList<Architecture> architectures)
    {
        var catalogue = new ComponentCatalogue(Path.Combine(root, "config", "components"));
        var components = Components with { ValidValues = [.. catalogue.Names, ComponentCatalogue.Root] };
        return [.. For(architectures).Select(parameter => parameter.Name == components.Name ? components : parameter)];
    }

    /// <summary><see cref="Architectures"/> with its valid values.</summary>
    public static Parameter<IReadOnlyList<Architecture>> ArchitecturesAmong(IReadOnlyList<Architecture> known) =>
        Parameter.Choices(nameof(Architectures), ArchitecturesText, Selection, known, one => one.Name, known) with
        {
            Placeholder = "NAME",
            Example = "arm64",
        };
}

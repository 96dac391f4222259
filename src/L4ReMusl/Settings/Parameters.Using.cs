using L4ReMusl.Boot;
using L4ReMusl.Machines;
using L4ReMusl.Smoke;

namespace L4ReMusl.Settings;

// What to do with the results.
public static partial class Parameters
{
    const string L4Re = "L4Re", Booting = "Booting";

    /// <summary>See <see cref="L4ReBuild"/>.</summary>
    public const string L4ReBuildText = "Build folder of your L4Re tree, configured and built for one of the selected "
        + "architectures: the package musl is built there, and boot images are made with it.";

    /// <summary>See <see cref="L4ReSource"/>.</summary>
    public const string L4ReSourceText = "Source tree of your L4Re; needed only if it can't be found from the build folder.";

    /// <summary>See <see cref="SmokeLevel"/>.</summary>
    public const string SmokeLevelText = "How far the smoke test goes: 1 inspects files and images, 2 also runs programs in "
        + "user-mode emulation, 3 also boots in QEMU, and l4re also boots on L4Re, which needs --l4re-build.";

    /// <summary>See <see cref="BootImage"/>.</summary>
    public const string BootImageText = "L4Re boot image for Run to boot; it needs --l4re-build.";

    /// <summary>See <see cref="DebianMirror"/>.</summary>
    public const string DebianMirrorText = "Debian mirror to fetch kernels and the sources of Rust's and C++'s libraries from.";

    /// <summary>See <see cref="UpdateKernels"/>.</summary>
    public const string UpdateKernelsText = "Looks for the newest kernels, and locks them in config/kernels.lock.json.";

    /// <summary>See <see cref="Locked"/>.</summary>
    public const string LockedText = "Fails if a locked kernel cannot be had, instead of taking the newest one.";

    /// <summary>See <see cref="RustTargets"/>.</summary>
    public const string RustTargetsText = "Rust targets to work on.";

    /// <summary>See <see cref="Advisories"/>.</summary>
    public const string AdvisoriesText = "Files and folders with advisories in OSV's format, such as OSV's own dumps, for Audit.";

    /// <summary>The build folder of the user's L4Re tree.</summary>
    public static Parameter<string?> L4ReBuild { get; } = Parameter.Text(nameof(L4ReBuild), L4ReBuildText, L4Re) with
    {
        Placeholder = "FOLDER",
        Example = "~/l4/build-arm64",
    };

    /// <summary>The source folder of the user's L4Re tree.</summary>
    public static Parameter<string?> L4ReSource { get; } = Parameter.Text(nameof(L4ReSource), L4ReSourceText, L4Re) with
    {
        Placeholder = "FOLDER",
        Default = "the tree that --l4re-build belongs to",
    };

    /// <summary>How far the smoke test goes.</summary>
    public static Parameter<SmokeLevel> SmokeLevel { get; } = Parameter.Choice(
        nameof(SmokeLevel), SmokeLevelText, Booting,
        Enum.GetValues<SmokeLevel>(), level => level.Word(), Smoke.SmokeLevel.Boot) with
    {
        Placeholder = "LEVEL",
    };

    /// <summary>The L4Re boot image to run. Its members cannot be called Image, because a target has that name.</summary>
    public static Parameter<BootEntry?> BootImage { get; } =
        Parameter.Choice<BootEntry?>("Image", BootImageText, Booting, BootEntry.All, entry => entry!.Name, null) with
        {
            Placeholder = "NAME",
            Default = "the root file system, under Linux",
        };

    /// <summary>A mirror of Debian's archive.</summary>
    public static Parameter<string?> DebianMirror { get; } = Parameter.Text(nameof(DebianMirror), DebianMirrorText, Booting) with
    {
        Placeholder = "URL",
        Example = "https://example.org/debian",
        Default = "the mirrors that the host's apt uses",
        // Any absolute URL: apt supports more schemes than http.
        Rule = new(
            "the URL of a folder that has 'dists' and 'pool' in it",
            mirror => Uri.TryCreate(mirror, UriKind.Absolute, out _) && !mirror.StartsWith('/')),
    };

    /// <summary>Whether no other kernel may stand in for a locked one.</summary>
    public static Parameter<bool> Locked { get; } = Parameter.Flag(nameof(Locked), LockedText, Booting);

    /// <summary>Whether to look for newer kernels.</summary>
    public static Parameter<bool> UpdateKernels { get; } = Parameter.Flag(nameof(UpdateKernels), UpdateKernelsText, Booting);

    /// <summary>The names of the Rust targets to build for; if empty, those of the selected architectures.</summary>
    public static Parameter<IReadOnlyList<string>> RustTargets { get; } = RustTargetsAmong([]);

    static Parameter<IReadOnlyList<string>> RustTargetsAmong(IReadOnlyList<Architecture> architectures) => Parameter.Choices(
        nameof(RustTargets), RustTargetsText, "Rust",
        [.. architectures.SelectMany(architecture => architecture.RustTargets)], name => name, []) with
    {
        Placeholder = "NAME",
        // Which of them fit the selected architectures is another question.
        Parse = words => [.. words.Select(word => word.ToLowerInvariant())],
        Default = "the usual one of each selected architecture",
    };

    /// <summary>Files and folders with advisories, as full paths; if empty, the project's own.</summary>
    public static Parameter<IReadOnlyList<string>> Advisories { get; } =
        Parameter.Texts(nameof(Advisories), AdvisoriesText, "Project") with
        {
            Parse = words => [.. words.Select(Path.GetFullPath)],
            Placeholder = "PLACE",
            Example = "~/osv/all.zip",
            Default = "config/advisories",
            Rule = new("files and folders that exist, with advisories in OSV's format", Path.Exists),
        };
}

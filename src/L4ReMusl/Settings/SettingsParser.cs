using L4ReMusl.Boot;
using L4ReMusl.Components;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Text;
using L4ReMusl.Images;
using L4ReMusl.L4Re;
using L4ReMusl.Machines;
using L4ReMusl.Musl;
using L4ReMusl.Smoke;

namespace L4ReMusl.Settings;

/// <summary>Checks what the user typed, in one place, before anything runs.</summary>
/// <param name="known">The architectures that there are.</param>
public sealed class SettingsParser(IReadOnlyList<Architecture> known)
{
    /// <summary>The version that is built when the user names none.</summary>
    public const string DefaultMuslVersion = "1.2.5";

    /// <summary>Turns text into settings.</summary>
    /// <exception cref="BuildException">A value is wrong; the message names it and what would be right.</exception>
    public BuildSettings Parse(RawSettings raw)
    {
        var settings = ParseEach(raw);
        if (settings is { Tree: null, SmokeLevel: SmokeLevel.L4Re })
            throw new BuildException("--smoke-level l4re boots images that an L4Re tree makes, and there is none; name its build folder with --l4re-build.");
        if (settings is { Tree: null, BootImage: { } image })
            throw new BuildException($"--image {image} is made by an L4Re tree, and there is none; name its build folder with --l4re-build.");
        return settings.Tree is { } tree && !settings.Architectures.Contains(tree.Architecture)
            ? throw new BuildException($"The L4Re build folder '{tree.Build}' is for {tree.Architecture}, which --architectures {string.Join(' ', settings.Architectures)} "
                + "leaves out; add it, or give a build folder that fits.")
            : settings;
    }

    BuildSettings ParseEach(RawSettings raw) => new()
    {
        Architectures = Selected(raw.Architectures, known, known, a => a.Name, "an architecture that can be built", "--architectures"),
        Flavours = Selected(raw.Flavours, Flavour.All, [], f => f.Name, "a flavour of musl", "--flavours"),
        Components = Words(raw.Components) is { Count: > 0 } components ? components : ComponentCatalogue.Default,
        RustTargets = Words(raw.RustTargets),
        SmokeLevel = Level(Text(raw.SmokeLevel)),
        ImageFormats = Selected(
            raw.ImageFormats, ImageFormatCatalogue.All, ImageFormatCatalogue.Default, f => f.Name, "a format that images can have", "--image-formats"),
        CrossPrefixes = raw.CrossPrefixes
            .Where(entry => !string.IsNullOrEmpty(entry.Value)) // Set but empty means unset, as for every shell tool.
            .ToDictionary(entry => entry.Key, entry => entry.Value!),
        MuslVersion = Text(raw.MuslVersion) ?? DefaultMuslVersion,
        Mirrors = raw.Mirrors,
        Advisories = [.. raw.Advisories.Select(Existing)],
        Offline = raw.Offline,
        MayProvision = !raw.NoProvision,
        DebianMirror = DebianMirror(Text(raw.DebianMirror)),
        UpdateKernels = raw.UpdateKernels && raw.Offline
            ? throw new BuildException("--update-kernels needs the network, which --offline forbids; leave one of them out.")
            : raw.UpdateKernels,
        Tree = (Text(raw.L4ReSource), Text(raw.L4ReBuild)) is var (source, build) && (source ?? build) is null ? null : L4ReTree.Open(source, build, known),
        BootImage = Entry(Text(raw.BootImage)),
        Compile = new CompileOptions(Jobs(Text(raw.Jobs)), Launcher(Text(raw.CompilerLauncher))),
        CacheFolder = Path.GetFullPath(Text(raw.CacheFolder) ?? DefaultCacheFolder()),
    };

    static IReadOnlyList<T> Selected<T>(
        IReadOnlyList<string> names, IReadOnlyList<T> all, IReadOnlyList<T> usual, Func<T, string> nameOf, string what, string parameter)
    {
        var wanted = Words(names).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var name in wanted.Except(all.Select(nameOf), StringComparer.OrdinalIgnoreCase))
            throw new BuildException(
                $"'{name}' is not {what}. Valid for {parameter}: {string.Join(", ", all.Select(nameOf))}."
                + NearestMatch.Question(name, all.Select(nameOf)));
        return wanted.Count == 0 ? usual : [.. all.Where(item => wanted.Contains(nameOf(item)))];
    }

    static List<string> Words(IEnumerable<string> values) =>
        [.. values.SelectMany(value => value.Split([',', '+', ' '], StringSplitOptions.RemoveEmptyEntries))];

    static SmokeLevel Level(string? text) => text is null
        ? SmokeLevel.Boot
        : Enum.GetValues<SmokeLevel>().Cast<SmokeLevel?>().FirstOrDefault(level => string.Equals(level!.Value.Word(), text, StringComparison.OrdinalIgnoreCase))
            ?? throw new BuildException($"'{text}' is not a level of the smoke test. --smoke-level takes {SmokeLevels.Explained}.");

    static BootEntry? Entry(string? name) => name is null
        ? null
        : BootEntry.All.FirstOrDefault(entry => string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new BuildException($"'{name}' is not a boot image of L4Re. Valid for --image: {string.Join(", ", BootEntry.All)}."
                + NearestMatch.Question(name, BootEntry.All.Select(entry => entry.Name)));

    // Only that it is an address: apt knows more kinds of them than http.
    static string? DebianMirror(string? mirror) => mirror is null || (Uri.TryCreate(mirror, UriKind.Absolute, out _) && !mirror.StartsWith('/'))
        ? mirror
        : throw new BuildException($"'{mirror}' is not an address. --debian-mirror takes the URL of a mirror of Debian: the folder that has 'dists' and 'pool' in it.");

    static string Existing(string place) => Path.Exists(place) ? Path.GetFullPath(place)
        : throw new BuildException($"'{place}' does not exist. --advisories takes files and folders with advisories in OSV's format.");

    static int Jobs(string? text) => text switch
    {
        null => Environment.ProcessorCount,
        _ when int.TryParse(text, out var jobs) && jobs is >= 1 and <= 1024 => jobs,
        _ => throw new BuildException($"'{text}' is not a number of jobs. --jobs takes a whole number from 1 to 1024; "
            + $"without it, {Environment.ProcessorCount} are used here."),
    };

    static string? Launcher(string? launcher)
    {
        if (launcher is not null && ExecutablePath.Find(launcher, Environment.GetEnvironmentVariable("PATH")) is null)
            throw new BuildException($"The compiler launcher '{launcher}' was not found in PATH. "
                + "Install it, give its full path, or leave --compiler-launcher out.");
        return launcher;
    }

    // XDG Base Directory Specification: a relative XDG_CACHE_HOME is to be ignored.
    static string DefaultCacheFolder() => Path.Combine(
        Text(Environment.GetEnvironmentVariable("XDG_CACHE_HOME")) is { } cache && Path.IsPathRooted(cache)
            ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "l4re-musl");

    static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}

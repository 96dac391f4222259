using L4ReMusl.Architectures;
using L4ReMusl.CommandLine;
using L4ReMusl.Compiling;
using L4ReMusl.Processes;

namespace L4ReMusl.Settings;

/// <summary>Checks what the user typed, in one place, before anything runs.</summary>
/// <param name="known">The architectures that there are.</param>
public sealed class SettingsParser(IReadOnlyList<Architecture> known)
{
    /// <summary>The version that is built when the user names none.</summary>
    public const string DefaultMuslVersion = "1.2.5";

    /// <summary>Turns text into settings.</summary>
    /// <exception cref="BuildException">A value is wrong; the message names it and what would be right.</exception>
    public BuildSettings Parse(RawSettings raw) => new()
    {
        Architectures = Architectures(raw.Architectures),
        CrossPrefixes = raw.CrossPrefixes
            .Where(entry => !string.IsNullOrEmpty(entry.Value)) // Set but empty means unset, as for every shell tool.
            .ToDictionary(entry => entry.Key, entry => entry.Value!),
        MuslVersion = Text(raw.MuslVersion) ?? DefaultMuslVersion,
        Mirrors = raw.Mirrors,
        Offline = raw.Offline,
        MayProvision = !raw.NoProvision,
        Compile = new CompileOptions(Jobs(Text(raw.Jobs)), Launcher(Text(raw.CompilerLauncher))),
        CacheFolder = Path.GetFullPath(Text(raw.CacheFolder) ?? DefaultCacheFolder()),
    };

    List<Architecture> Architectures(IReadOnlyList<string> names)
    {
        var wanted = names.SelectMany(name => name.Split([',', '+', ' '], StringSplitOptions.RemoveEmptyEntries)).ToList();
        foreach (var name in wanted.Where(name => !known.Any(a => Is(a, name))))
            throw new BuildException(
                $"'{name}' is not an architecture that can be built. Valid for --architectures: {string.Join(", ", known)}."
                + NearestMatch.Question(name, known.Select(a => a.Name)));
        return [.. known.Where(a => wanted.Count == 0 || wanted.Exists(name => Is(a, name)))];
    }

    static bool Is(Architecture architecture, string name) => architecture.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

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

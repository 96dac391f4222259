using System.Diagnostics;
using System.Text.RegularExpressions;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Settings;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>
/// The build itself, as build.sh starts it after compiling. From the caller's environment it gets only what tools get.
/// </summary>
/// <param name="root">The repository that it works on.</param>
sealed partial class BuildProgram(string root)
{
    public static readonly string Dll = Path.Combine(RepositoryRoot.Path, "build", "bin", "Release", "_build.dll");

    static readonly string[] Nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];

    static readonly string[] Namespace = ["unshare", "--map-root-user", "--mount"];

    /// <summary>The cache of the build that runs these tests, otherwise the user's: it has compiled results.</summary>
    public static string CacheFolder { get; } = new SettingsParser(ArchitectureCatalogue.All)
        .Parse(new RawSettings((Parameters.CacheFolder, System.Environment.GetEnvironmentVariable("NUKE_CACHE_FOLDER"))))
        .CacheFolder;

    /// <summary>The folder in which it starts; by default the root.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>What starts it, such as a program that changes its network.</summary>
    public IReadOnlyList<string> Under { get; init; } = [];

    /// <summary>Variables on top of the usual ones.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>All output of a run, without colours.</summary>
    public static string Text(ToolResult result) => Colour().Replace(result.Output + result.Error, "");

    public ToolResult Run(params string[] arguments) => Start([.. Under, Dotnet, Compiled, .. arguments]);

    /// <summary>
    /// Whether <see cref="RunAsNobody"/> can be used: only root can become another user, who must be able to read the build.
    /// </summary>
    public bool CanRunAsNobody => System.Environment.IsPrivilegedProcess
        && Start([.. Nobody, "sh", "-c", "test -x \"$0\" && test -r \"$1\"", Dotnet, Compiled]).Succeeded;

    /// <summary>Starts it as the user nobody, who must own the repository, with a umask that keeps others out.</summary>
    public ToolResult RunAsNobody(params string[] arguments) =>
        Start([.. Nobody, "sh", "-c", "umask 077 && exec \"$0\" \"$@\"", Dotnet, Compiled, .. arguments]);

    /// <summary>Whether <see cref="RunWithMounts"/> can be used: some systems let only root make namespaces.</summary>
    public bool CanMount => Start([.. Namespace, "true"]).Succeeded;

    /// <summary>Starts it with mounted file systems that no other program sees.</summary>
    /// <param name="mounts">The commands that mount them.</param>
    /// <param name="arguments">The command line.</param>
    public ToolResult RunWithMounts(string mounts, params string[] arguments) =>
        Start([.. Namespace, "sh", "-c", $"set -e; {mounts}; exec \"$0\" \"$@\"", Dotnet, Compiled, .. arguments]);

    ToolResult Start(IReadOnlyList<string> command) => Tools.OfHost.Run(new ToolInvocation(command[0], [.. command.Skip(1)])
    {
        WorkingDirectory = WorkingDirectory ?? root,
        Environment = Variables(),
        Timeout = TimeSpan.FromMinutes(10),
    });

    /// <summary>Starts it at a terminal.</summary>
    public TerminalSession AtTerminal(params string[] arguments) =>
        new($"cd '{WorkingDirectory ?? root}' && exec '{Dotnet}' '{Compiled}' {string.Join(' ', arguments)}", Variables());

    /// <summary>Starts it, and kills it as <c>kill -9</c> does: at once, and without the programs that it has started.</summary>
    /// <param name="isMoment">Whether to kill it now.</param>
    /// <param name="arguments">The command line.</param>
    /// <returns>Whether it was killed; otherwise it ended before that.</returns>
    public bool RunAndKill(Func<bool> isMoment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Dotnet, [Compiled, .. arguments])
        {
            WorkingDirectory = WorkingDirectory ?? root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in ToolEnvironment.FromHost().Variables.Concat(Variables()))
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (!process.WaitForExit(2))
        {
            if (!isMoment())
                continue;
            process.Kill();
            process.WaitForExit();
            return true;
        }

        return false;
    }

    static string Dotnet => System.Environment.ProcessPath!;

    static string Compiled =>
        File.Exists(Dll) ? Dll : throw new InvalidOperationException($"There is no {Dll}; run ./build.sh first.");

    Dictionary<string, string> Variables()
    {
        var variables = new Dictionary<string, string>
        {
            ["NUKE_ROOT"] = root,
            ["NUKE_CACHE_FOLDER"] = CacheFolder,
            ["NUKE_COMPONENTS"] = string.Join(' ', Artefacts.Components), // Rebuild the same components.
            ["NUKE_TELEMETRY_OPTOUT"] = "1",
        };
        foreach (var (name, value) in Environment)
            variables[name] = value;
        return variables;
    }

    [GeneratedRegex(@"\e\[[0-9;]*m")]
    private static partial Regex Colour();
}

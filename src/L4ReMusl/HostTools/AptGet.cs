using System.Diagnostics;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using Serilog;

namespace L4ReMusl.HostTools;

/// <summary>Installs Debian packages.</summary>
/// <param name="runner">Runs <c>apt-get</c>, and <c>sudo</c> in front of it.</param>
/// <param name="environment">Names the proxies for <c>apt-get</c>.</param>
/// <param name="host">The host.</param>
/// <param name="log">Reports progress.</param>
public sealed class AptGet(ToolRunner runner, ToolEnvironment environment, HostSystem host, ILogger log)
{
    const int LockAttempts = 60;

    // Asks nothing, removes nothing, replaces no configuration file, and waits for another apt-get (since apt 1.9.11).
    static readonly string[] InstallArguments =
    [
        "install", "-y", "--no-install-recommends", "--no-remove",
        "-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Options::=--force-confold",
    ];

    // A failed install says one of these if the package lists are missing, or older than the archive.
    static readonly string[] SignsOfOldLists =
        ["Unable to locate package", "has no installation candidate", "Failed to fetch", "Unable to fetch some archives"];

    static readonly Dictionary<string, string> Variables = new()
    {
        ["DEBIAN_FRONTEND"] = "noninteractive",
        // An installation must not restart the host's services (on Ubuntu, needrestart does if it cannot ask).
        ["NEEDRESTART_SUSPEND"] = "1",
        // dpkg needs ldconfig and others, which an ordinary user's PATH leaves out.
        ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        ["LC_ALL"] = "C",
    };

    static readonly string[] ProxyVariables =
        ["http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"];

    /// <summary>How long to wait before trying again while another process updates the package lists.</summary>
    public TimeSpan LockPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a running installation reports.</summary>
    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The command that a person types to install <paramref name="packages"/>.</summary>
    public static string CommandFor(IEnumerable<string> packages) =>
        $"sudo apt-get install -y --no-install-recommends {string.Join(' ', packages)}";

    /// <summary>Whether this process can install packages.</summary>
    public Verdict CanInstall()
    {
        if (!host.IsDebianLike)
            return Verdict.Bad($"{host.Name} is not like Debian, and this build installs only Debian packages");
        if (runner.Find("apt-get") is null)
            return Verdict.Bad("there is no 'apt-get'");
        if (host.IsRoot)
            return Verdict.Good;
        if (runner.Find("sudo") is null)
            return Verdict.Bad("this process is not root and there is no 'sudo'");
        return Verdict.Of(CanSudo(), () => "this process is not root and 'sudo' asks for a password");
    }

    /// <summary>Installs packages, and updates the package lists if they turn out to be missing or old.</summary>
    /// <param name="packages">The packages.</param>
    /// <param name="logFile">Where all output of <c>apt-get</c> goes.</param>
    /// <exception cref="BuildException">It failed.</exception>
    public void Install(IReadOnlyList<string> packages, string logFile)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(logFile))!);
        using var transcript = new StreamWriter(logFile) { AutoFlush = true };
        var purpose = $"install {string.Join(", ", packages)} (all output is in {logFile})";
        log.Information(
            "Installing {Packages:l} with apt-get; its output goes to {LogFile:l}", string.Join(", ", packages), logFile);

        string[] install = [.. InstallArguments, .. packages];
        var first = Run(install, transcript);
        if (!first.Succeeded && SignsOfOldLists.Any(sign => Says(first, sign)))
        {
            log.Information("The package lists are missing or old; updating them");
            if (Update(transcript) is { Succeeded: false } update)
            {
                // A source that does not answer matters only if no other source has the packages.
                log.Warning(
                    "Not all package lists could be updated; trying to install anyway: {Problem:l}",
                    LastLine(update));
            }

            Run(install, transcript).OrThrow(purpose);
            return;
        }

        first.OrThrow(purpose);
    }

    // apt-get waits for the lock of the package database, but not for that of the lists.
    ToolResult Update(StreamWriter transcript)
    {
        for (var attempt = 1; ; attempt++)
        {
            var result = Run(["update"], transcript);
            if (result.Succeeded || !Says(result, "Could not get lock") || attempt == LockAttempts)
                return result;
            Thread.Sleep(LockPause);
        }
    }

    bool CanSudo()
    {
        try
        {
            return runner.Run(new ToolInvocation("sudo", "-n", "true") { Timeout = TimeSpan.FromSeconds(10) }).Succeeded;
        }
        catch (BuildException)
        {
            return false;
        }
    }

    ToolResult Run(string[] arguments, StreamWriter transcript)
    {
        var call = Invocation(arguments);
        transcript.WriteLine($"$ {call}");
        var sinceProgress = Stopwatch.StartNew();
        return runner.Run(call, line =>
        {
            transcript.WriteLine(line);
            if (sinceProgress.Elapsed < ProgressInterval || string.IsNullOrWhiteSpace(line))
                return;
            log.Information("apt-get: {Line:l}", line.Trim());
            sinceProgress.Restart();
        });
    }

    // sudo drops the environment, so the variables are set behind it.
    ToolInvocation Invocation(string[] arguments) => host.IsRoot
        ? new ToolInvocation("apt-get", arguments) { Environment = Variables }
        : new ToolInvocation("sudo", [
            "-n", "env",
            .. Variables.Concat(Proxies()).Select(variable => $"{variable.Key}={variable.Value}"),
            runner.Find("apt-get")!,
            .. arguments,
        ]);

    IEnumerable<KeyValuePair<string, string>> Proxies() =>
        environment.Variables.Where(variable => ProxyVariables.Contains(variable.Key));

    static string LastLine(ToolResult result) =>
        result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .LastOrDefault("apt-get update failed");

    static bool Says(ToolResult result, string text) =>
        result.Output.Contains(text, StringComparison.Ordinal) || result.Error.Contains(text, StringComparison.Ordinal);
}

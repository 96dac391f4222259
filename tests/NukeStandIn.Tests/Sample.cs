using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace NukeStandIn.Tests;

/// <summary>Runs a build of the samples program in a separate process, with its own root folder.</summary>
public sealed class Sample : IDisposable
{
    readonly string build;
    readonly Dictionary<string, string> environment = new() { ["TERM"] = "dumb" };

    public Sample(string build)
    {
        this.build = build;
        Root = Directory.CreateTempSubdirectory("nuke-sample-").FullName;
        Directory.CreateDirectory(Path.Combine(Root, ".nuke"));
    }

    public string Root { get; }

    public static SampleResult Run(string build, params string[] arguments)
    {
        using var sample = new Sample(build);
        return sample.Run(arguments);
    }

    public Sample With(string variable, string value)
    {
        environment[variable] = value;
        return this;
    }

    public Sample WithFile(string path, string content)
    {
        File.WriteAllText(Path.Combine(Root, path), content);
        return this;
    }

    public string ReadTemp(string name) => File.ReadAllText(Path.Combine(Root, ".nuke", "temp", name));

    /// <summary>Runs the build with the arguments and, behind them, <c>--no-logo</c>.</summary>
    public SampleResult Run(params string[] arguments) => RunExactly([.. arguments, "--no-logo"]);

    public SampleResult RunExactly(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Samples.Marker).Assembly.Location, .. arguments])
        {
            WorkingDirectory = Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        var path = start.Environment["PATH"];
        start.Environment.Clear();
        foreach (var (name, value) in new Dictionary<string, string>(environment)
        {
            ["PATH"] = path!,
            ["HOME"] = Path.GetTempPath(),
            ["SAMPLE_BUILD"] = build,
            ["NUKE_TELEMETRY_OPTOUT"] = "1",
            ["DOTNET_NOLOGO"] = "1",
        })
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new SampleResult(process.ExitCode, output, errors.Result);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}

/// <summary>What a build has printed, and its exit code.</summary>
public sealed partial record SampleResult(int ExitCode, string Output, string Errors)
{
    /// <summary>The lines with the odd spaces of the summary as ordinary ones.</summary>
    public IReadOnlyList<string> Lines { get; } =
        [.. Output.Split('\n').Select(x => x.Replace('\u00A0', ' ').Replace("\u200B", string.Empty, StringComparison.Ordinal))];

    /// <summary>The targets with a header, in their order.</summary>
    public IEnumerable<string> RunTargets =>
        Lines.Where(x => x.StartsWith("║ ", StringComparison.Ordinal) && !x.Contains('&')).Select(x => x[2..]);

    /// <summary>The rows of the summary: target, status and what stands behind the duration.</summary>
    public IEnumerable<string> Summary =>
        Lines.SkipWhile(x => !x.StartsWith("Target  ", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(x => !x.StartsWith('─'))
            .Select(x => Duration().Replace(x, string.Empty))
            .Select(x => string.Join(' ', x.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    // On a busy machine it is any.
    [GeneratedRegex(@"(?<= )(< 1sec|\d+:\d\d)(?= |$)")]
    private static partial Regex Duration();

    /// <summary>The value that the build printed as <c>name=value</c>.</summary>
    public string this[string name] =>
        Lines.Single(x => x.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..];
}

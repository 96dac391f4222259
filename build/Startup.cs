using System.Collections;
using L4ReMusl.CommandLine;
using L4ReMusl.Foundation.Reports;

/// <summary>
/// What runs before NUKE, because NUKE reads some parameters in a static constructor, creates folders, and ends with a stack
/// trace when it finds an error.
/// </summary>
static class Startup
{
    const int Failed = 255;

    /// <summary>The repository.</summary>
    public static string Root => field ??= RepositoryFolder.Find(Arguments, Variables, Environment.CurrentDirectory);

    /// <summary>What the user gave.</summary>
    public static GivenParameters Given => field ??= new GivenParameters(
        BuildModel.CommandLine, Arguments, Variables, Path.Combine(Root, ".nuke"));

    /// <summary>Writes stack traces to a file, and explains failures to users.</summary>
    public static FailureReport Failures { get; } = new(() => Path.Combine(Root, ".nuke", "temp", "trace.log"));

    /// <summary>Whether lines may be coloured and rewritten.</summary>
    public static bool IsTerminal =>
        !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb");

    /// <summary>Shows progress. What is written to the console from now on goes above it.</summary>
    public static ProgressDisplay Display
    {
        get
        {
            var display = new ProgressDisplay(Console.Out, IsTerminal);
            if (IsTerminal)
                Console.SetOut(display.Writer);
            return display;
        }
    }

    static string[] Arguments => Environment.GetCommandLineArgs()[1..];

    static Dictionary<string, string> Variables
    {
        get
        {
            var variables = new Dictionary<string, string>();
            foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
                variables.Add((string)variable.Key, (string?)variable.Value ?? "");
            return variables;
        }
    }

    /// <summary>Runs a build, after preparing the environment for NUKE.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(Func<int> build)
    {
        try
        {
            PrepareEnvironment();
            Given.Verify();
            return build();
        }
        catch (Exception e)
        {
            Console.Error.WriteLine(Failures.Explain(e).Message);
            return Failed;
        }
    }

    static void PrepareEnvironment()
    {
        var variables = Variables;
        var parameters = BuildModel.CommandLine.Parameters;
        var names = parameters.Select(parameter => parameter.Name);
        var documented = parameters.Select(parameter => parameter.Variable).OfType<string>().ToList();
        foreach (var name in AmbientEnvironment.NamesToDrop(names, documented, variables.Keys))
        {
            Environment.SetEnvironmentVariable(name, null);
            variables.Remove(name);
        }

        foreach (var (name, value) in new EnvironmentCheck(BuildModel.CommandLine).Corrections(variables))
            Environment.SetEnvironmentVariable(name, value);
        if (!ColourChoice.IsWanted(Environment.GetEnvironmentVariable, Console.IsOutputRedirected))
            Environment.SetEnvironmentVariable("TERM", "dumb");
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NUKE_TELEMETRY_OPTOUT")))
            Environment.SetEnvironmentVariable("NUKE_TELEMETRY_OPTOUT", "1");
    }
}

using L4ReMusl.CommandLine;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines;

namespace L4ReMusl.Settings;

// How to build.
public static partial class Parameters
{
    const string Downloads = "Downloads", CrossCompilers = "Cross compilers";

    /// <summary>See <see cref="Mirrors"/>.</summary>
    public const string MirrorsText = "Folders or URLs to try first when fetching source archives.";

    /// <summary>See <see cref="Offline"/>.</summary>
    public const string OfflineText =
        "Does not use the network: archives must be in the cache, or in a folder that --mirrors names.";

    /// <summary>See <see cref="CrossCompile"/>.</summary>
    public const string CrossCompileText =
        "Prefix of the cross tools for this architecture: all that stands before gcc in the compiler's name or path.";

    /// <summary>See <see cref="CompilerLauncher"/>.</summary>
    public const string CompilerLauncherText = "Program that runs the compiler, such as ccache, sccache, distcc or icecc.";

    /// <summary>See <see cref="Jobs"/>.</summary>
    public const string JobsText = "Number of jobs, such as compilers, that run at the same time, in all.";

    /// <summary>See <see cref="KeepGoing"/>.</summary>
    public const string KeepGoingText = "After a failure, finishes all stages that do not depend on what failed.";

    /// <summary>See <see cref="NoProvision"/>.</summary>
    public const string NoProvisionText = "Never installs missing host tools: stops and shows the command that would.";

    /// <summary>Folders or URLs to try first when fetching archives.</summary>
    public static Parameter<IReadOnlyList<string>> Mirrors { get; } =
        Parameter.Texts(nameof(Mirrors), MirrorsText, Downloads) with
        {
            Placeholder = "PLACE",
            Example = "/srv/mirror https://example.org/distfiles",
        };

    /// <summary>Whether the network must not be used.</summary>
    public static Parameter<bool> Offline { get; } = Parameter.Flag(nameof(Offline), OfflineText, Downloads);

    /// <summary>A program that runs the compiler, such as ccache.</summary>
    public static Parameter<string?> CompilerLauncher { get; } =
        Parameter.Text(nameof(CompilerLauncher), CompilerLauncherText, CrossCompilers) with
        {
            Placeholder = "PROGRAM",
            Rule = new(
                "the name of a program in PATH, or its full path",
                program => ExecutablePath.Find(program, Environment.GetEnvironmentVariable("PATH")) is not null),
        };

    /// <summary>Whether a failure lets the other stages be finished.</summary>
    public static Parameter<bool> KeepGoing { get; } = Parameter.Flag(nameof(KeepGoing), KeepGoingText, CrossCompilers);

    /// <summary>How many jobs may run at the same time, in all.</summary>
    public static Parameter<int> Jobs { get; } = new(
        nameof(Jobs), JobsText, CrossCompilers, ParameterKind.Text,
        words => words is [var number, ..] ? int.Parse(number) : Environment.ProcessorCount)
    {
        Placeholder = "N",
        Rule = ValueRule.WholeNumber(1, 1024),
        Default = "the number of processors",
    };

    /// <summary>Whether host tools must not be installed.</summary>
    public static Parameter<bool> NoProvision { get; } = Parameter.Flag(nameof(NoProvision), NoProvisionText, "Host tools");

    /// <summary>The prefix of the cross tools for an architecture.</summary>
    public static Parameter<string?> CrossCompile(Architecture architecture)
    {
        var key = $"CrossCompile{char.ToUpperInvariant(architecture.Name[0])}{architecture.Name[1..]}";
        return Parameter.Text(key, CrossCompileText, CrossCompilers) with
        {
            Placeholder = "PREFIX",
            Default = $"the first found of {string.Join(", ", architecture.CrossPrefixes)}",
            Variable = architecture.CrossVariable,
        };
    }
}

using System.Reflection;
using Nuke.Common.CI;
using Nuke.Common.IO;
using Nuke.Common.ValueInjection;
using Serilog.Core;
using Serilog.Events;

namespace Nuke.Common;

public abstract partial class NukeBuild
{
    const string NukeFolder = ".nuke";

    // A static constructor, and not initialisers, so that a Main can change the environment before it is read.
    static NukeBuild()
    {
        Parameters = new ParameterService(Environment.GetCommandLineArgs()[1..]);
        RootDirectory = FindRootDirectory();
        TemporaryDirectory = (RootDirectory / NukeFolder / "temp").CreateDirectory();
        BuildAssemblyFile = Assembly.GetEntryAssembly()?.Location;
        BuildAssemblyDirectory = BuildAssemblyFile?.Parent;
        BuildProjectFile = FindProject(BuildAssemblyDirectory);
        BuildProjectDirectory = BuildProjectFile?.Parent;
        Verbosity = (Verbosity?)Parameters.GetParameter(nameof(Verbosity), typeof(Verbosity), separator: null) ?? Verbosity.Normal;
        Host = (Host)Parameters.GetParameter(nameof(Host), typeof(Host), separator: null) ?? Host.Detect();
        LoadedLocalProfiles = (string[])Parameters.GetParameter("Profile", typeof(string[]), separator: null) ?? [];
    }

    /// <summary>The folder with <c>.nuke</c>: <c>--root</c>, or the nearest one from the current folder upwards.</summary>
    [Parameter("Root directory during build execution.", Name = "Root")]
    public static AbsolutePath RootDirectory { get; }

    /// <summary><c>.nuke/temp</c>.</summary>
    public static AbsolutePath TemporaryDirectory { get; }

    public static AbsolutePath BuildAssemblyFile { get; }
    public static AbsolutePath BuildAssemblyDirectory { get; }

    /// <summary>The nearest project from the assembly upwards, or <see langword="null"/>.</summary>
    public static AbsolutePath BuildProjectFile { get; }

    public static AbsolutePath BuildProjectDirectory { get; }

    [Parameter("Logging verbosity during build execution. Default is 'Normal'.")]
    public static Verbosity Verbosity
    {
        get => ConsoleLevel.MinimumLevel switch
        {
            LogEventLevel.Verbose => Verbosity.Verbose,
            LogEventLevel.Debug => Verbosity.Normal,
            LogEventLevel.Warning => Verbosity.Minimal,
            _ => Verbosity.Quiet,
        };
        set => ConsoleLevel.MinimumLevel = value switch
        {
            Verbosity.Verbose => LogEventLevel.Verbose,
            Verbosity.Normal => LogEventLevel.Debug,
            Verbosity.Minimal => LogEventLevel.Warning,
            _ => LogEventLevel.Error,
        };
    }

    [Parameter("Host for execution. Default is 'automatic'.")]
    public static Host Host { get; set; }

    [Parameter("Defines the profiles to load.", Name = "Profile")]
    public static string[] LoadedLocalProfiles { get; }

    public static bool IsLocalBuild => !IsServerBuild;
    public static bool IsServerBuild => Host is IBuildServer;

    internal static ParameterService Parameters { get; }
    internal static LoggingLevelSwitch ConsoleLevel { get; } = new();

    static AbsolutePath FindRootDirectory()
    {
        if (Parameters.GetParameter("Root", typeof(AbsolutePath), separator: null) is AbsolutePath root)
            return root;
        if (Parameters.HasArgument("Root"))
            return Environment.CurrentDirectory;

        for (AbsolutePath folder = Environment.CurrentDirectory; folder is not null; folder = folder.Parent)
        {
            // The one in the home folder holds settings of NUKE's own tools.
            if ((folder / NukeFolder).DirectoryExists() && folder != Environment.GetFolderPath(Environment.SpecialFolder.UserProfile))
                return folder;
        }

        throw new ArgumentException(
            $"Could not locate '{NukeFolder}' directory/file while walking up from '{Environment.CurrentDirectory}'.\n"
            + "Either create a directory/file to mark the root directory, or add '--root [path]' to the invocation.");
    }

    static AbsolutePath FindProject(AbsolutePath folder)
    {
        for (; folder is not null; folder = folder.Parent)
        {
            var projects = Directory.GetFiles(folder, "*.csproj");
            Assert.True(projects.Length < 2, $"Found multiple project files in '{folder}'.");
            if (projects.Length == 1)
                return projects[0];
        }

        return null;
    }
}

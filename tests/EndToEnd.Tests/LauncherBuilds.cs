using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines;
using L4ReMusl.Stages;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>
/// A clone in which musl has been compiled once for an architecture, with distcc if there is one. After that, some files get a
/// comment, so that a build with another launcher compiles these only, and has the same bytes as the repository's own build.
/// </summary>
public sealed class LauncherBuilds : IDisposable
{
    const int ChangedFiles = 40;

    readonly RepositoryCopy copy = new();
    readonly TempFolder temp = new("l4re-musl-launchers-");

    public LauncherBuilds()
    {
        RepositoryCopy.PrepareCache(temp["cache"], withCompiled: false);
        Distcc = DistccServers.Start(Compiler, out var reason);
        Reason = reason;
        First = Run(Distcc is null ? "env" : "distcc", Distcc?.Folder, Distcc?.Variables, "--jobs", "8");
        FirstObjects = Objects;
        FirstBytes = Bytes;
        FirstJobs = Distcc?.Jobs ?? [];
        ChangeSomeFiles();
        Directory.Delete(copy.Layout.Compiled(Architecture), recursive: true);
        File.Delete(new StageFolders(copy.Layout.Output).StampOf($"compile-{Architecture}"));
        Directory.Move(copy.Layout.Output, temp["output"]);
    }

    /// <summary>The architecture.</summary>
    internal static Architecture Architecture { get; } = Artefacts.Named(RepositoryCopy.Architectures[^1]);

    /// <summary>The name of its compiler.</summary>
    internal static string Compiler { get; } =
        Architecture.CrossPrefixes.Select(prefix => prefix + "gcc").First(gcc => Tools.OfHost.Find(gcc) is not null);

    /// <summary>The bytes of the repository's own build.</summary>
    internal static string ExpectedBytes => FileTree.ContentHash(Artefacts.Layout.Compiled(Architecture));

    /// <summary>Servers of distcc.</summary>
    internal DistccServers? Distcc { get; }

    /// <summary>Why there are none.</summary>
    internal string Reason { get; }

    /// <summary>The result of the first build.</summary>
    internal ToolResult First { get; }

    /// <summary>How many objects it compiled from C.</summary>
    internal int FirstObjects { get; }

    /// <summary>What the servers did for it.</summary>
    internal IReadOnlyList<string[]> FirstJobs { get; }

    /// <summary>What came out.</summary>
    internal string FirstBytes { get; }

    /// <summary>How many objects the last build compiled from C; distcc does not send assembler files.</summary>
    internal int Objects => Log.Split('\n').Count(line =>
        line.Contains(" -c -o obj/", StringComparison.Ordinal) && line.EndsWith(".c", StringComparison.Ordinal));

    /// <summary>The output of compilers and launchers in the last build.</summary>
    internal string Log => File.ReadAllText(copy.Layout.Log($"compile-{Architecture}"));

    /// <summary>The bytes of the last build.</summary>
    internal string Bytes => FileTree.ContentHash(copy.Layout.Compiled(Architecture));

    /// <summary>Compiles the files that have changed since the first build.</summary>
    /// <param name="launcher">The launcher.</param>
    /// <param name="folder">Where it is; <see langword="null"/> if it is in PATH.</param>
    /// <param name="variables">Its settings.</param>
    /// <param name="under">What runs the build.</param>
    internal ToolResult Rebuild(
        string launcher, string? folder, IReadOnlyDictionary<string, string> variables, params string[] under)
    {
        Forget();
        return new BuildProgram(copy.Root) { Environment = With(folder, variables), Under = under }.Run(Command(launcher));
    }

    /// <summary>
    /// The same at a terminal, where the user can interrupt it, and one file after the other to leave time for that.
    /// </summary>
    internal TerminalSession RebuildAtTerminal(
        string launcher, string? folder, IReadOnlyDictionary<string, string> variables)
    {
        Forget();
        return new BuildProgram(copy.Root) { Environment = With(folder, variables) }.AtTerminal(Command(launcher, "--jobs", "1"));
    }

    public void Dispose()
    {
        Distcc?.Dispose();
        copy.Dispose();
        temp.Dispose();
    }

    static string[] Command(string launcher, params string[] more) =>
        [$"Compile{char.ToUpperInvariant(Architecture.Name[0])}{Architecture.Name[1..]}", "--architectures", Architecture.Name,
            "--offline", "--compiler-launcher", launcher, .. more];

    ToolResult Run(string launcher, string? folder, IReadOnlyDictionary<string, string>? variables, params string[] more) =>
        new BuildProgram(copy.Root) { Environment = With(folder, variables ?? new Dictionary<string, string>()) }
            .Run(Command(launcher, more)).OrThrow("compile musl");

    Dictionary<string, string> With(string? folder, IReadOnlyDictionary<string, string> variables)
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        return new(variables)
        {
            ["PATH"] = folder is null ? path : $"{folder}:{path}",
            ["NUKE_CACHE_FOLDER"] = temp["cache"],
        };
    }

    // The state after the first build; what was compiled from the changed files is not in the cache.
    void Forget()
    {
        FileTree.Delete(copy.Layout.Output);
        Tools.OfHost.Run(new ToolInvocation("cp", "-a", temp["output"], copy.Layout.Output)).OrThrow("copy the output");
        foreach (var file in Directory.GetFiles(temp["cache", "compiled"], "compile-*"))
            File.Delete(file);
    }

    void ChangeSomeFiles()
    {
        var source = copy.Layout.MuslSource;
        var patch = "Subject: a comment\nWhy: Its files are compiled again.\nReference: none, for a test\n"
            + "Applies-Until: not upstream\n---\n\n";
        foreach (var path in Directory.GetFiles(Path.Combine(source, "src", "stdio"), "*.c").Order().Take(ChangedFiles))
        {
            var name = Path.GetRelativePath(source, path);
            var lines = File.ReadLines(path).Take(3).ToList();
            patch += $"diff --git a/{name} b/{name}\n--- a/{name}\n+++ b/{name}\n@@ -1,{lines.Count} +1,{lines.Count + 1} @@\n"
                + $"+/* compiled again */\n{string.Concat(lines.Select(line => $" {line}\n"))}";
        }

        var series = copy.Layout.MuslPatches("1.2.5");
        File.WriteAllText(Path.Combine(series, "9999-comments.patch"), patch);
        File.AppendAllText(Path.Combine(series, "series"), "9999-comments.patch\n");
    }
}

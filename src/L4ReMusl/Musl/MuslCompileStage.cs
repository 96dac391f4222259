using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Layout;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Stages;

namespace L4ReMusl.Musl;

/// <summary>Compiles musl for one architecture: static and, as a rule, shared library, start files, loader and headers.</summary>
/// <param name="layout">Where the log lies.</param>
/// <param name="variant">What is compiled, and where the result goes.</param>
/// <param name="toolchain">The compiler.</param>
/// <param name="launcher">A program that runs the compiler, if there is one.</param>
/// <param name="runner">Runs configure and make.</param>
/// <param name="display">Shows how many objects are compiled.</param>
public sealed class MuslCompileStage(
    BuildLayout layout,
    MuslVariant variant,
    Toolchain toolchain,
    CompilerLauncher? launcher,
    ToolRunner runner,
    ProgressDisplay display) : Stage(variant.Source)
{
    const string Recipe = "1"; // Count up when what is compiled is installed in another way (MuslTree).

    // musl sets no soname; without one, a program linked by path would record that path as DT_NEEDED.
    // The loader takes the name "libc.so" for itself (ldso/dynlink.c, load_library).
    const string LinkerFlags = "-Wl,-soname,libc.so";

    // For less, it does not pay to ask make first.
    const int EnoughForBatches = 100;

    static readonly string[] Libraries = ["libc.so", "libc.a"];

    /// <summary>What is compiled.</summary>
    public MuslVariant Variant => variant;

    /// <inheritdoc/>
    public override string Name => $"compile-{variant.Name}{toolchain.Architecture.Name}";

    /// <inheritdoc/>
    public override string Output => variant.Output;

    /// <inheritdoc/>
    public override bool IsCacheable => true;

    /// <inheritdoc/>
    public override bool OutlivesCode => true;

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> OwnInputs =>
    [
        ("recipe", Recipe),
        ("compiler", toolchain.Identity),
        ("configure", string.Join(' ', Options)),
        ("LDFLAGS", LinkerFlags),
    ];

    string[] Options =>
    [
        $"--target={toolchain.Architecture.Triple}", "--prefix=/", "--disable-wrapper", .. variant.Options,
        .. variant.KeepsDebugSymbols
            ?
            [
                "--enable-debug",
                $"CFLAGS=-fdebug-prefix-map={DebugSymbols.WorkFolder}={DebugSymbols.SourceFolder} -fdebug-prefix-map=src/=",
            ]
            : Array.Empty<string>(),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Make(string scratch)
    {
        var tree = new MuslTree(variant.Source.Output, scratch + ".work", toolchain.Architecture.MuslArchitecture);
        var work = tree.Build;
        try
        {
            using var log = new CommandLog(runner, layout.Log(Name));
            var kept = new KeptFolder(new StageFolders(layout.Output), Name);
            var sources = new ChangedSources(tree, OwnInputs);
            Compile(tree, Prepare(tree, kept, sources, log), log);
            if (launcher is not null)
                new CompilerCheck(toolchain, runner).Verify(Path.Combine(work, "lib", "libc.a"), launcher);
            tree.Install(scratch);
            if (variant.KeepsDebugSymbols)
                new DebugSymbols(toolchain, runner).Separate(scratch);
            kept.Keep(work, sources.Inputs);
        }
        finally
        {
            StageFolders.Discard(work);
        }

        return
        [
            new Figure("compiler", toolchain.Version),
            .. from library in Libraries
               let file = new FileInfo(Path.Combine(scratch, "lib", library))
               where file.Exists
               select Figure.Size(library, file.Length),
        ];
    }

    // Makes the build tree, or brings the last one to where make has to go on. Returns the number of objects to compile.
    int Prepare(MuslTree tree, KeptFolder kept, ChangedSources sources, CommandLog log)
    {
        if (kept.Inputs is { } earlier && sources.Since(earlier) is { } changed)
        {
            kept.Take(tree.Build);
            Link(tree);
            if (changed.Count > 0)
                tree.ForgetLibraries();
            foreach (var file in changed)
                tree.Forget(file);
            return changed.Count(tree.CompiledFiles.Contains);
        }

        Directory.CreateDirectory(tree.Build);
        Link(tree);
        Configure(tree.Build, log);
        return tree.CountObjects();
    }

    // Through a link, every path that make sees is relative, so a space in the repository's path does no harm.
    static void Link(MuslTree tree)
    {
        var link = Path.Combine(tree.Build, "src");
        File.Delete(link); // The repository may have been moved since.
        File.CreateSymbolicLink(link, tree.Source);
    }

    void Configure(string work, CommandLog log)
    {
        log.Run($"configure musl for {toolchain.Architecture}", new ToolInvocation(
            "sh", ["src/configure", .. Options])
        {
            WorkingDirectory = work,
            Environment = new Dictionary<string, string>
            {
                ["CROSS_COMPILE"] = toolchain.Prefix,
                ["CC"] = toolchain.Tool("gcc"),
                ["LDFLAGS"] = LinkerFlags,
            },
        });
    }

    void Compile(MuslTree tree, int total, CommandLog log)
    {
        using var progress = display.Start($"Compiling musl for {toolchain.Architecture}", "objects");
        var done = 0;
        // A launcher, such as ccache, wants one file at a time.
        if (launcher is null && total >= EnoughForBatches)
            Make(tree, log, WriteBatches(tree), line => Report(ObjectBatches.CompiledIn(line)));
        // The tests of configure are run without the launcher: they are too small for one, and many.
        string[] compiler = [MakeVariable.Assign("CC", CompilerLauncher.Call(launcher, toolchain.Tool("gcc")))];
        Make(tree, log, compiler, line => Report(line.Contains(" -c -o obj/", StringComparison.Ordinal) ? 1 : 0));
        progress.Report(new WorkProgress(total, total));

        void Report(int compiled)
        {
            if (compiled > 0)
                progress.Report(new WorkProgress(Math.Min(done += compiled, total), total));
        }
    }

    // Returns the arguments for make.
    string[] WriteBatches(MuslTree tree)
    {
        FileTree.Delete(Path.Combine(tree.Build, ObjectBatches.Folder)); // A kept build tree has those of the last time.
        var commands = runner.Run(new ToolInvocation("make", "-n") { WorkingDirectory = tree.Build })
            .OrThrow($"ask make how it would compile musl for {toolchain.Architecture}").Output;
        File.WriteAllText(Path.Combine(tree.Build, ObjectBatches.Makefile), $"{new ObjectBatches(commands.Split('\n'))}");
        return ["-f", ObjectBatches.Makefile, ObjectBatches.Goal];
    }

    void Make(MuslTree tree, CommandLog log, IReadOnlyList<string> arguments, Action<string> onLine) =>
        log.Run($"compile musl for {toolchain.Architecture}", new ToolInvocation("make", arguments)
        {
            WorkingDirectory = tree.Build,
            SharesJobs = true,
            Environment = new Dictionary<string, string> { ["PWD"] = DebugSymbols.WorkFolder },
        },
        onLine);
}

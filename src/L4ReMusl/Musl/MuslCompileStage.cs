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
/// <param name="options">How to compile.</param>
/// <param name="runner">Runs configure and make.</param>
/// <param name="display">Shows how many objects are compiled.</param>
public sealed class MuslCompileStage(
    BuildLayout layout,
    MuslVariant variant,
    Toolchain toolchain,
    CompileOptions options,
    ToolRunner runner,
    ProgressDisplay display) : Stage(variant.Source)
{
    const string Recipe = "1"; // Count up when what is compiled is installed in another way (MuslTree).

    // musl sets no soname; without one, a program linked by path would record that path as DT_NEEDED.
    // The loader takes the name "libc.so" for itself (ldso/dynlink.c, load_library).
    const string LinkerFlags = "-Wl,-soname,libc.so";

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

    string[] Options => [$"--target={toolchain.Architecture.Triple}", "--prefix=/", "--disable-wrapper", .. variant.Options];

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Make(string scratch)
    {
        var work = Directory.CreateDirectory(scratch + ".work").FullName;
        try
        {
            using var log = new CommandLog(runner, layout.Log(Name));
            var tree = new MuslTree(variant.Source.Output, work, toolchain.Architecture.MuslArchitecture);
            Configure(work, log);
            Compile(tree, log);
            tree.Install(scratch);
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

    void Configure(string work, CommandLog log)
    {
        // Through a link, every path that make sees is relative, so a space in the repository's path does no harm.
        File.CreateSymbolicLink(Path.Combine(work, "src"), variant.Source.Output);
        var compiler = toolchain.Tool("gcc");
        log.Run($"configure musl for {toolchain.Architecture}", new ToolInvocation(
            "sh", ["src/configure", .. Options])
        {
            WorkingDirectory = work,
            Environment = new Dictionary<string, string>
            {
                ["CROSS_COMPILE"] = toolchain.Prefix,
                ["CC"] = options.Launcher is { } launcher ? $"{launcher} {compiler}" : compiler,
                ["LDFLAGS"] = LinkerFlags,
            },
        });
    }

    void Compile(MuslTree tree, CommandLog log)
    {
        var (done, total) = (0, tree.CountObjects());
        using var progress = display.Start($"Compiling musl for {toolchain.Architecture}", "objects");
        log.Run($"compile musl for {toolchain.Architecture}", new ToolInvocation("make", $"-j{options.Jobs}")
        {
            WorkingDirectory = tree.Build,
        },
        line =>
        {
            if (line.Contains(" -c -o obj/", StringComparison.Ordinal))
                progress.Report(new WorkProgress(Math.Min(++done, total), total));
        });
        progress.Report(new WorkProgress(total, total));
    }
}

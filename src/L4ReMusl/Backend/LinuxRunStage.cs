using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.L4Re;
using L4ReMusl.Layout;
using L4ReMusl.Musl;
using L4ReMusl.Stages;

namespace L4ReMusl.Backend;

/// <summary>
/// Makes <c>linux-run</c>: the backend for L4Re, with what lets programs for Linux use it from tasks of their own.
/// </summary>
/// <param name="layout">Where everything lies.</param>
/// <param name="prefix">Makes the prefix with the backend.</param>
/// <param name="tree">The L4Re tree.</param>
/// <param name="runner">Runs the compiler.</param>
public sealed class LinuxRunStage(BuildLayout layout, L4RePrefixStage prefix, L4ReTree tree, ToolRunner runner) : Stage(prefix)
{
    /// <summary>The program's name.</summary>
    public const string ProgramName = "linux-run";

    /// <inheritdoc/>
    public override string Name => $"{ProgramName}-{tree.Architecture.Name}";

    /// <inheritdoc/>
    public override string Output => layout.LinuxRun(tree.Architecture);

    /// <summary>The program.</summary>
    public string Program => Path.Combine(Output, ProgramName);

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> OwnInputs =>
    [
        ("flags", string.Join(' ', Flags)),
        .. SourceFolder.Hashes("pkg/musl/personality", layout.Personality),
    ];

    LinuxRunSources Sources => new(layout.Personality, tree.Architecture);

    IEnumerable<string> Flags => [$"--backend={Flavour.L4Re.Name}", .. Sources.Options, "-O2"];

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Make(string scratch)
    {
        Directory.CreateDirectory(scratch);
        File.SetUnixFileMode(scratch, FileModes.Program);
        var program = Path.Combine(Path.GetFullPath(scratch), ProgramName);
        var compiler = prefix.Compiler;
        string[] options = [.. tree.CompilerOptions, "-I", Path.Combine(prefix.Output, "share", "l4re-musl"), "-o", program];
        runner.Run(new ToolInvocation(compiler.Path, [.. Flags, .. options, .. Sources.Files])
        {
            WorkingDirectory = Sources.Folder,
            Environment = compiler.Environment,
        }).OrThrow($"compile {ProgramName} for {tree.Architecture}");
        File.SetUnixFileMode(program, FileModes.Program);
        return [Figure.Size("size", new FileInfo(program).Length)];
    }
}

using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Musl;
using L4ReMusl.Stages;

namespace L4ReMusl.Backend;

/// <summary>
/// Compiles the test program of the l4re flavour with the staged prefix's own compiler, once for each of its backends.
/// </summary>
/// <param name="layout">Where everything lies.</param>
/// <param name="prefix">Makes the prefix.</param>
/// <param name="backends">The backends.</param>
/// <param name="runner">Runs the compiler.</param>
public sealed class FlavourTestStage(
    BuildLayout layout, L4RePrefixStage prefix, IReadOnlyList<string> backends, ToolRunner runner) : Stage(prefix)
{
    static readonly string[] Flags = ["-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror"];

    /// <inheritdoc/>
    public override string Name => $"flavour-test-{Architecture.Name}";

    /// <inheritdoc/>
    public override string Output => layout.FlavourTestPrograms(Architecture);

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> OwnInputs =>
    [
        .. backends.Select(backend => ($"flags for {backend}", string.Join(' ', FlagsFor(backend)))),
        .. SourceFolder.Hashes("config/flavour-test", layout.FlavourTest),
        .. SourceFolder.Hashes("config/test-harness", layout.TestHarness),
    ];

    Architecture Architecture => prefix.Toolchain.Architecture;

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Make(string scratch)
    {
        Directory.CreateDirectory(scratch);
        File.SetUnixFileMode(scratch, FileModes.Program);
        foreach (var backend in backends)
            Compile(backend, Path.Combine(Path.GetFullPath(scratch), backend));
        return [.. backends.Select(backend => Figure.Size(backend, new FileInfo(Path.Combine(scratch, backend)).Length))];
    }

    // On L4Re files are read-only, so the test does not write any; but the program contains the calls.
    IEnumerable<string> FlagsFor(string backend) =>
    [
        $"--backend={backend}",
        .. backend == Flavour.L4Re.Name ? ["--enosys"] : (string[])[],
        .. Architecture.BackendFlags,
        .. Flags,
    ];

    void Compile(string backend, string program)
    {
        // The checks in linux.c need calls that no other backend has.
        var files = FileTree.List(layout.FlavourTest)
            .Select(entry => entry.Path)
            .Where(name => name.EndsWith(".c", StringComparison.Ordinal))
            .Where(name => name != "linux.c" || backend == BackendPrograms.Linux);
        var compiler = prefix.Compiler;
        runner.Run(new ToolInvocation(compiler.Path, [.. FlagsFor(backend), "-o", program, .. files])
        {
            WorkingDirectory = layout.FlavourTest,
            Environment = compiler.Environment,
        }).OrThrow($"compile the test program of the {Flavour.L4Re} flavour for {Architecture} and the backend {backend}");
        File.SetUnixFileMode(program, FileModes.Program);
    }
}

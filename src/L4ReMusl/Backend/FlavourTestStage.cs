using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Layout;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Musl;
using L4ReMusl.Stages;

namespace L4ReMusl.Backend;

/// <summary>Compiles the test program of the flavour l4re with the staged prefix's own compiler, once for each of its backends.</summary>
/// <param name="layout">Where everything lies.</param>
/// <param name="prefix">The inputs of the prefix.</param>
/// <param name="backends">The backends.</param>
/// <param name="toolchain">The compiler behind the prefix's.</param>
/// <param name="runner">Runs it.</param>
public sealed class FlavourTestStage(BuildLayout layout, Fingerprint prefix, IReadOnlyList<string> backends, Toolchain toolchain, ToolRunner runner) : IStage
{
    const string Recipe = "1";

    /// <inheritdoc/>
    public string Name => $"flavour-test-{toolchain.Architecture.Name}";

    /// <inheritdoc/>
    public string Output => layout.FlavourTestPrograms(toolchain.Architecture);

    /// <inheritdoc/>
    public Fingerprint Inputs => field ??= new Fingerprint(
    [
        ("recipe", Recipe),
        ("backends", string.Join(' ', backends)),
        ("prefix", prefix.Digest),
        .. SourceFolder.Hashes("config/flavour-test", layout.FlavourTest),
        .. SourceFolder.Hashes("config/test-harness", layout.TestHarness),
    ]);

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Make(string scratch)
    {
        Directory.CreateDirectory(scratch);
        File.SetUnixFileMode(scratch, FileModes.Program);
        foreach (var backend in backends)
            Compile(backend, Path.Combine(Path.GetFullPath(scratch), backend));
        return [.. backends.Select(backend => Figure.Size(backend, new FileInfo(Path.Combine(scratch, backend)).Length))];
    }

    void Compile(string backend, string program)
    {
        var architecture = toolchain.Architecture;
        // The checks of linux.c need what no other backend has.
        var files = FileTree.List(layout.FlavourTest).Select(entry => entry.Path)
            .Where(name => name.EndsWith(".c", StringComparison.Ordinal) && (name != "linux.c" || backend == BackendPrograms.Linux));
        var compiler = FlavourCompiler.In(layout.L4RePrefix(architecture), toolchain);
        runner.Run(new ToolInvocation(
            compiler.Path,
            // L4Re's files cannot be written, so the test does not try; but the calls are in the program.
            [$"--backend={backend}", .. backend == Flavour.L4Re.Name ? ["--enosys"] : (string[])[], .. architecture.BackendFlags, "-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror", "-o", program, .. files])
        {
            WorkingDirectory = layout.FlavourTest,
            Environment = compiler.Environment,
        }).OrThrow($"compile the test program of the flavour {Flavour.L4Re} for {architecture} and the backend {backend}");
        File.SetUnixFileMode(program, FileModes.Program);
    }
}

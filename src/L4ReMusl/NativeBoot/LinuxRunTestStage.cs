using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Musl;
using L4ReMusl.Stages;

namespace L4ReMusl.NativeBoot;

/// <summary>
/// Compiles the programs that test <c>linux-run</c> from inside: for Linux, like any program that it runs.
/// </summary>
/// <param name="layout">Where everything lies.</param>
/// <param name="prefix">Makes the prefix of the Linux flavour.</param>
/// <param name="runner">Runs the compiler.</param>
public sealed class LinuxRunTestStage(BuildLayout layout, PrefixStage prefix, ToolRunner runner) : Stage(prefix)
{
    static readonly string[] Flags = ["-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror", "-static"];

    /// <inheritdoc/>
    public override string Name => $"linux-run-test-{Architecture.Name}";

    /// <inheritdoc/>
    public override string Output => layout.LinuxRunTestPrograms(Architecture);

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> OwnInputs =>
    [
        ("flags", string.Join(' ', Flags)),
        .. SourceFolder.Hashes("config/linux-run-test", layout.LinuxRunTest),
        .. SourceFolder.Hashes("config/test-harness", layout.TestHarness),
    ];

    Architecture Architecture => prefix.Toolchain.Architecture;

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Make(string scratch)
    {
        Directory.CreateDirectory(scratch);
        File.SetUnixFileMode(scratch, FileModes.Program);
        foreach (var name in LinuxPrograms.TestPrograms)
        {
            var program = Path.Combine(Path.GetFullPath(scratch), name);
            runner.Run(new ToolInvocation(prefix.Compiler.Path, [.. Flags, "-o", program, $"{name}.c"])
            {
                WorkingDirectory = layout.LinuxRunTest,
                Environment = prefix.Compiler.Environment,
            }).OrThrow($"compile '{name}', a test of linux-run, for {Architecture}");
            File.SetUnixFileMode(program, FileModes.Program);
        }

        foreach (var name in LinuxPrograms.TestScripts)
            FileModes.WriteFile(Path.Combine(scratch, name), File.ReadAllText(Path.Combine(layout.LinuxRunTest, name)));
        return [Figure.Size("size", FileTree.Size(scratch))];
    }
}

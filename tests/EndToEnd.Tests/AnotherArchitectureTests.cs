using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines;
using L4ReMusl.Machines.Elf;
using L4ReMusl.Musl;
using L4ReMusl.Settings;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>
/// What docs/architecture.md says about adding an architecture: it takes a record, which names a kernel, and the list of symbols
/// that musl exports for it. Nothing else is added to the copy of the repository in which this test runs the build. Compiled
/// results come from the user's cache unless sources have changed, and so does the kernel if it is there.
/// </summary>
public sealed class AnotherArchitectureTests : IDisposable
{
    const string Name = "riscv64", Version = SettingsParser.DefaultMuslVersion;

    readonly RepositoryCopy copy = new();

    public AnotherArchitectureTests() =>
        File.Copy(
            Path.Combine(Artefacts.Layout.TestArchitectures, $"{Name}.json"),
            Path.Combine(copy.Layout.Architectures, $"{Name}.json"));

    Architecture Riscv64 => Architectures.In(copy.Layout.Architectures).Single(architecture => architecture.Name == Name);

    [Fact]
    [Trait("Speed", "long")]
    public void A_record_and_a_list_of_symbols_are_enough_for_a_system_that_boots()
    {
        var first = Build("Stage");
        first.ExitCode.Should().Be(255);
        BuildProgram.Text(first).Should().MatchRegex(@"copy '.*/exports-.*-riscv64\.txt' there and commit it\.");
        File.Copy(Path.Combine(copy.Layout.Logs, $"exports-{Version}-{Name}.txt"), copy.Layout.MuslExports(Version, Riscv64));

        var result = Build("SmokeTest", "--smoke-level", "3", "--components", "musl", "busybox", "--image-formats", "cpio.gz");

        result.ExitCode.Should().Be(0, BuildProgram.Text(result));
        File.ReadAllText(copy.Layout.Log($"smoke-{Name}")).Should().Contain("Machine model: riscv-virtio,qemu");
        File.ReadAllText(Path.Combine(copy.Layout.BootSet(Riscv64), "kernel.txt")).Should().Contain("trixie");
        ProgramsRun(new StagedPrefix(Riscv64, copy.Layout.Prefix(Riscv64)));
    }

    [Fact]
    public void The_flavour_that_backends_serve_is_refused_where_they_have_no_code()
    {
        var result = Build("Stage", "--flavours", "l4re");

        result.ExitCode.Should().Be(255);
        BuildProgram.Text(result).Should().Contain(
            "The l4re flavour is not available for riscv64: no backend in pkg/musl/backend has code for it.");
        Directory.Exists(copy.Layout.Output).Should().BeFalse();
    }

    [Fact]
    public void Its_tool_prefix_can_come_from_the_environment()
    {
        var program = new BuildProgram(copy.Root)
        {
            Environment = new Dictionary<string, string> { ["CROSS_COMPILE_RISCV64"] = "nowhere-" },
        };

        var result = program.Run("Stage", "--architectures", Name, "--no-provision");

        result.ExitCode.Should().Be(255);
        BuildProgram.Text(result).Should().Contain("'nowhere-gcc'").And.Contain("CROSS_COMPILE_RISCV64");
    }

    public void Dispose() => copy.Dispose();

    ToolResult Build(string target, params string[] options) => copy.Program.Run([target, "--architectures", Name, .. options]);

    void ProgramsRun(StagedPrefix prefix)
    {
        File.ReadLines(Path.Combine(prefix.Path, PrefixArchitecture.FileName))
            .Should().Contain(["ARCH=riscv64", "ELF_MACHINE=243"]);
        var source = copy["hello.c"];
        File.WriteAllText(source,
            "#include <math.h>\n#include <stdio.h>\n"
            + "int main(int n, char **a) { printf(\"%.3f\\n\", sqrt(n + 1)); return 0; }\n");
        foreach (var options in (string[][])[[], ["-static"]])
        {
            prefix.Compile(source, copy["hello"], options);
            new ElfFile(copy["hello"]).Machine.Should().Be(ElfMachine.RiscV);
            prefix.Run(copy["hello"]).OrThrow("run a program for riscv64").Output.Should().Be("1.414\n");
        }
    }
}

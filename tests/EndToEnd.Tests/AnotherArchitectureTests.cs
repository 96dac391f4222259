using L4ReMusl.Machines;
using L4ReMusl.Machines.Elf;
using L4ReMusl.Settings;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>
/// A new architecture is a record and the list of symbols that musl exports for it, as the documentation says. musl is compiled
/// once for each state of its sources; later runs take it from the user's cache.
/// </summary>
public sealed class AnotherArchitectureTests : IDisposable
{
    const string Version = SettingsParser.DefaultMuslVersion;

    static readonly Architecture Riscv64 = new()
    {
        Name = "riscv64",
        Triple = "riscv64-linux-musl",
        CrossPrefixes = ["riscv64-linux-gnu-", "riscv64-linux-musl-"],
        CompilerPackage = "gcc-riscv64-linux-gnu",
        LoaderArchitecture = "riscv64",
        MuslArchitecture = "riscv64",
        Machine = ElfMachine.RiscV,
        QemuUser = "qemu-riscv64",
        CMakeProcessor = "riscv64",
        MesonFamily = "riscv64",
        RustTargets = ["riscv64gc-unknown-linux-musl"],
    };

    readonly RepositoryCopy copy = new();

    [Fact]
    public void A_record_is_enough_for_a_prefix_whose_programs_run()
    {
        FluentActions.Invoking(Stage).Should().Throw<BuildException>().WithMessage("*and commit it.");
        File.Copy(Path.Combine(copy.Layout.Logs, $"exports-{Version}-riscv64.txt"), copy.Layout.MuslExports(Version, Riscv64));
        Stage();

        var prefix = new StagedPrefix(Riscv64, copy.Layout.Prefix(Riscv64));
        var source = copy["hello.c"];
        File.WriteAllText(
            source,
            "#include <math.h>\n#include <stdio.h>\nint main(int n, char **a) { printf(\"%.3f\\n\", sqrt(n + 1)); return 0; }\n");
        Riscv64.Emulation.Should().BeNull("what is only compiled needs no way to boot");
        foreach (var options in (string[][])[[], ["-static"]])
        {
            prefix.Compile(source, copy["hello"], options);
            new ElfFile(copy["hello"]).Machine.Should().Be(ElfMachine.RiscV);
            prefix.Run(copy["hello"]).OrThrow("run a program for riscv64").Output.Should().Be("1.414\n");
        }
    }

    public void Dispose() => copy.Dispose();

    void Stage()
    {
        using var runner = StagesIn.Runner(copy.Layout);
        runner.Run(StagesIn.Graph(copy.Layout, Settings).Musl.Prefixes[Riscv64]);
    }

    static BuildSettings Settings => new SettingsParser([Riscv64])
        .Parse(new RawSettings((Parameters.Offline, "true"), (Parameters.CacheFolder, BuildProgram.CacheFolder)));
}

using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines.Elf;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

public sealed class WrapperTests : IDisposable
{
    static readonly string Modes = Path.Combine(RepositoryRoot.Path, "tests", "EndToEnd.Tests", "programs", "modes.c");

    readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void A_dynamic_program_asks_for_the_loader_and_needs_libc_alone(string name)
    {
        var prefix = StagedPrefix.Of(name);

        prefix.Compile(Modes, temp["program"], "-lm", "-lpthread", "-ldl", "-lrt");

        var elf = new ElfFile(temp["program"]);
        elf.Machine.Should().Be(prefix.Architecture.Machine);
        elf.FloatAbi.Should().Be(prefix.Architecture.FloatAbi);
        elf.Interpreter.Should().Be(prefix.Architecture.Interpreter);
        elf.Needed.Should().Equal("libc.so");
        elf.RunPaths.Should().BeEmpty();
        prefix.Run(temp["program"]).Should().Match<ToolResult>(result => result.Succeeded && result.Output == "dlopen: yes\n");
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void Without_PIE_a_dynamic_program_is_at_a_fixed_address(string name)
    {
        var prefix = StagedPrefix.Of(name);

        prefix.Compile(Modes, temp["program"], "-no-pie");

        new ElfFile(temp["program"]).Type.Should().Be(ElfType.Executable);
        prefix.Run(temp["program"]).Output.Should().Be("dlopen: yes\n");
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void A_static_program_stands_alone(string name)
    {
        var prefix = StagedPrefix.Of(name);

        prefix.Compile(Modes, temp["program"], "-static", "-lm", "-lpthread");

        var elf = new ElfFile(temp["program"]);
        elf.Interpreter.Should().BeNull();
        elf.IsDynamic.Should().BeFalse();
        elf.Type.Should().Be(ElfType.Executable);
        prefix.Run(temp["program"]).Should().Match<ToolResult>(result => result.Succeeded && result.Output == "dlopen: no\n");
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void A_static_PIE_program_stands_alone_at_any_address(string name)
    {
        var prefix = StagedPrefix.Of(name);

        prefix.Compile(Modes, temp["program"], "-static-pie");

        var elf = new ElfFile(temp["program"]);
        elf.Interpreter.Should().BeNull();
        elf.Type.Should().Be(ElfType.Dynamic);
        elf.Needed.Should().BeEmpty();
        elf.HasTextRelocations.Should().BeFalse();
        prefix.Run(temp["program"]).Succeeded.Should().BeTrue();
    }

    // Those that are not compiled inline are the prefix's: the compiler's library is for glibc.
    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void Atomic_operations_of_any_size_are_atomic(string name)
    {
        var prefix = StagedPrefix.Of(name);
        foreach (var link in new[] { "-pie", "-static", "-static-pie" })
        {
            prefix.Compile(
                Path.Combine(Path.GetDirectoryName(Modes)!, "atomics.c"),
                temp["program"], link, link == "-pie" ? "-fPIE" : "-O2", "-latomic", "-Wno-builtin-declaration-mismatch");

            new ElfFile(temp["program"]).Needed.Should().BeSubsetOf(["libc.so"]);
            prefix.Run(temp["program"]).Should()
                .Match<ToolResult>(result => result.Succeeded && result.Output == "every update counts\n", link);
        }
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void A_shared_library_is_built_linked_and_loaded(string name)
    {
        var prefix = StagedPrefix.Of(name);
        prefix.Compile(temp.Write("answer.c", "int answer(void) { return 42; }"), temp["libanswer.so"], "-shared", "-fPIC");

        prefix.Compile(
            temp.Write("main.c", "int answer(void); int main(void) { return answer(); }"),
            temp["program"], $"-L{temp.Path}", "-lanswer", $"-Wl,-rpath,{temp.Path}");

        prefix.Run(temp["program"]).ExitCode.Should().Be(42);
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void A_prefix_that_was_moved_works_as_before(string name)
    {
        var prefix = StagedPrefix.Of(name).CopyTo(temp["moved to a path with spaces"]);

        prefix.Compile(Modes, temp["dynamic"]);
        prefix.Compile(Modes, temp["static"], "-static");
        prefix.Compile(Modes, temp["static-pie"], "-static-pie");

        prefix.Run(temp["dynamic"]).Output.Should().Be("dlopen: yes\n");
        prefix.Run(temp["static"]).Succeeded.Should().BeTrue();
        prefix.Run(temp["static-pie"]).Succeeded.Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void The_wrapper_works_through_links_and_from_PATH(string name)
    {
        var prefix = StagedPrefix.Of(name);
        File.CreateSymbolicLink(temp["my-musl-gcc"], prefix.Tool("gcc"));

        string[] commands =
        [
            $"'{temp["my-musl-gcc"]}'", $"PATH='{prefix.Path}/bin':$PATH {prefix.Architecture.Triple}-cc", "bin/musl-gcc",
        ];
        foreach (var command in commands)
            Tools.OfHost.Run(
                new ToolInvocation("sh", "-c", $"{command} '{Modes}' -o '{temp["program"]}'") { WorkingDirectory = prefix.Path })
                .Should().Match<ToolResult>(result => result.Succeeded, command);

        prefix.Run(temp["program"]).Succeeded.Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void All_headers_are_those_of_musl_and_compile_together(string name)
    {
        var prefix = StagedPrefix.Of(name);
        // bits/ has parts of other headers; the others need the kernel's headers, which a libc does not include.
        string[] left = ["bits", "sys/kd.h", "sys/vt.h", "sys/soundcard.h"];
        var include = Path.Combine(prefix.Path, "include");
        var headers = Directory.EnumerateFiles(include, "*.h", SearchOption.AllDirectories)
            .Select(header => Path.GetRelativePath(include, header))
            .Where(header => !Array.Exists(left, part => header.StartsWith(part, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal).ToList();
        var source = temp.Write("all.c", string.Concat(headers.Select(header => $"#include <{header}>\n")));

        var result = prefix.TryCompile(source, temp["all.o"], "-c", "-D_GNU_SOURCE", "-H", "-Wno-cpp");

        headers.Count.Should().BeGreaterThan(150);
        result.OrThrow("compile all headers");
        result.Error.Split('\n').Where(line => line.StartsWith('.')).Should().OnlyContain(line =>
            line.Contains(include) || line.Contains("/gcc"), "the host's own headers must stay out");
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void Coverage_is_measured(string name)
    {
        var prefix = StagedPrefix.Of(name);
        var gcov = new ToolchainLocator(Tools.OfHost).Locate(prefix.Architecture, null).Tool("gcov");
        foreach (var options in (string[][])[[], ["-static"], ["-static-pie"]])
        {
            prefix.Compile(Modes, temp["program"], ["--coverage", .. options]);
            prefix.Run(temp["program"]).Succeeded.Should().BeTrue();

            var data = Directory.GetFiles(temp.Path, "*.gcda").Should().ContainSingle().Subject;
            Tools.OfHost.Run(new ToolInvocation(gcov, data)
            {
                WorkingDirectory = temp.Path,
            }).OrThrow("read the measurement").Output.Should().MatchRegex(@"Lines executed:[1-9][\d.]*% of");
            File.Delete(data);
        }
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void A_program_without_coverage_still_lacks_the_names_that_musl_lacks(string name)
    {
        var prefix = StagedPrefix.Of(name);
        var source = temp.Write("probe.c", "char mmap64(void);\nint main(void) { return mmap64(); }\n");

        prefix.TryCompile(source, temp["probe"]).Error.Should().Contain("undefined reference to `mmap64'");
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void Binutils_answer_under_the_names_of_the_target(string name)
    {
        var prefix = StagedPrefix.Of(name);
        prefix.Compile(Modes, temp["program"]);

        Tools.OfHost.Run(new ToolInvocation(prefix.Tool("strip"), temp["program"])).OrThrow("strip");
        Tools.OfHost.Run(new ToolInvocation(prefix.Tool("readelf"), "-h", temp["program"])).Output.Should().Contain("DYN");
        prefix.Run(temp["program"]).Succeeded.Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void Ldd_lists_what_a_program_needs(string name)
    {
        var prefix = StagedPrefix.Of(name);
        prefix.Compile(Modes, temp["program"]);

        Tools.OfHost.Run(new ToolInvocation(Path.Combine(prefix.Path, "bin", "ldd"), temp["program"])).OrThrow("run ldd").Output
            .Should().Contain("libc.so =>").And.Contain(prefix.Architecture.Interpreter);
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void A_missing_cross_compiler_is_named_with_the_remedy(string name)
    {
        var prefix = StagedPrefix.Of(name);
        var variable = $"CROSS_COMPILE_{name.ToUpperInvariant()}";

        var result = Tools.OfHost.Run(new ToolInvocation(prefix.Tool("gcc"), "x.c")
        {
            Environment = new Dictionary<string, string> { [variable] = "/nowhere/cross-" },
        });

        result.ExitCode.Should().Be(127);
        result.Error.Should().Contain("'/nowhere/cross-gcc' was not found").And.Contain(variable)
            .And.Contain(prefix.Architecture.CompilerPackage);
    }
}

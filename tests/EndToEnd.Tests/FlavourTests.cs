using System.Globalization;
using System.Text.RegularExpressions;
using L4ReMusl.Backend;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>The l4re flavour of musl: the content of its prefix, and programs on the backends that run anywhere.</summary>
public sealed partial class FlavourTests : IDisposable
{
    const string Hello = "#include <stdio.h>\nint main(void) { printf(\"hello %d %.2f\\n\", 42, 2.5); return 3; }\n";

    // Linux only: the other backends watch no files.
    const string Watch = "#include <errno.h>\n#include <string.h>\n#include <sys/inotify.h>\n#include <unistd.h>\n"
        + "void __enosys_report(const char *name) { write(1, name, strlen(name)); write(1, \"\\n\", 1); }\n"
        + "int main(void) { return inotify_init1(IN_CLOEXEC) == -1 && errno == ENOSYS ? 7 : 1; }\n";

    readonly TempFolder temp = new("a flavour ");

    public void Dispose() => temp.Dispose();

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void The_test_program_passes_at_full_width_on_real_system_calls(string name)
    {
        var checks = Test(name).RunOnLinux();

        checks.Should().HaveCountGreaterThan(30).And.OnlyHaveUniqueItems();
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void It_passes_without_any_kernel_threads_included(string name)
    {
        var checks = Test(name).RunOnBareMachine();

        checks.Should().HaveCountGreaterThan(20).And.Contain(check => check.Contains("thread", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void No_system_call_instruction_is_left_in_libc_and_one_would_be_found(string name)
    {
        var prefix = FlavourPrefix.Of(name);
        var toolchain = new ToolchainLocator(Tools.OfHost).Locate(prefix.Architecture, null);
        FileTree.Copy(prefix.Path, temp["copy"]);
        var verifier = new L4RePrefixVerifier(temp["copy"], toolchain, [RepositoryRoot.Path], Tools.OfHost);
        verifier.Invoking(v => v.Verify()).Should().NotThrow();

        var trap = temp.Write("trap.s", ".text\n.globl trap\ntrap: svc #0\n");
        Tools.OfHost.Run(new ToolInvocation(toolchain.Tool("gcc"), "-c", trap, "-o", temp["trap.o"])).OrThrow("assemble");
        Tools.OfHost.Run(new ToolInvocation(toolchain.Tool("ar"), "r", temp["copy", "lib", "libc.a"], temp["trap.o"]))
            .OrThrow("archive");

        verifier.Invoking(v => v.Verify())
            .Should().Throw<BuildException>().WithMessage("*libc.a has a system call instruction in trap*");
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void A_program_that_only_prints_is_linked_with_a_few_calls_and_the_report_names_them(string name)
    {
        var prefix = FlavourPrefix.Of(name);

        prefix.Compile(temp.Write("hello.c", Hello), temp["hello"], "--backend=linux", $"-Wl,-Map={temp["map"]}");

        var calls = prefix.Calls(temp["hello"]);
        calls.Should().HaveCountLessThan(30).And.Contain(["exit_group", "writev"]);
        LinkedCalls().Matches(File.ReadAllText(temp["map"])).Select(match => match.Groups[1].Value).Distinct()
            .Should().BeEquivalentTo(calls);
        prefix.RunOnLinux(temp["hello"])
            .Should().Match<ToolResult>(result => result.ExitCode == 3 && result.Output == "hello 42 2.50\n");
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void Arguments_and_exit_code_pass_between_the_host_and_a_program_without_a_kernel(string name)
    {
        var prefix = FlavourPrefix.Of(name);
        var echo = temp.Write(
            "echo.c",
            "#include <stdio.h>\nint main(int c, char **v) { for (int i = 1; i < c; i++) puts(v[i]); return 40 + c; }\n");

        prefix.Compile(echo, temp["echo"], "--backend=semihosting");

        prefix.RunOnBareMachine(temp["echo"], "one", "two,three").Should()
            .Match<ToolResult>(result => result.ExitCode == 43 && result.Output == "one\ntwo,three\n");
    }

    // Else another thread could run in the midst of a call.
    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void What_the_backend_copies_and_clears_with_lies_where_no_interrupt_is_taken(string name)
    {
        var prefix = FlavourPrefix.Of(name);
        var nm = new ToolchainLocator(Tools.OfHost).Locate(prefix.Architecture, null).Tool("nm");
        var source = temp.Write(
            "open.c", "#include <stdio.h>\nint main(int c, char **v) { return !freopen(v[c - 1], \"r\", stdin); }\n");

        prefix.Compile(source, temp["open"], "--backend=semihosting");

        var symbols = Tools.OfHost.Run(new ToolInvocation(nm, temp["open"])).OrThrow("list symbols").Output;
        foreach (var function in (string[])["memcpy", "memset"])
            Address(function).Should().BeInRange(Address("__semihosting_atomic_begin"), Address("__semihosting_atomic_end") - 1);

        ulong Address(string symbol) => ulong.Parse(
            Regex.Match(symbols, $@"^(\w+) \w {symbol}$", RegexOptions.Multiline).Groups[1].Value,
            NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void A_call_that_the_backend_lacks_is_named_by_the_linker(string name) =>
        FlavourPrefix.Of(name).TryCompile(temp.Write("watch.c", Watch), temp["watch"], "--backend=semihosting").Should()
            .Match<ToolResult>(result => result.ExitCode != 0
                && Regex.IsMatch(result.Error, "undefined reference to `SYS_inotify_init1_function'"));

    // A folder that has what the wrapper needs of L4Re's build folder; the real one is big.
    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void On_request_headers_and_libraries_of_an_L4Re_build_folder_are_used_but_not_its_libc(string name)
    {
        var prefix = FlavourPrefix.Of(name);
        var program = temp.Write(
            "l4.c",
            "#include <stdio.h>\n#include <l4/of_architecture.h>\nint main(void) { puts(ANSWER); return l4_answer(); }\n");
        var build = temp["l4re build"];
        prefix.TryCompile(program, temp["l4"], "--backend=linux", $"--l4={build}").Should()
            .Match<ToolResult>(result => result.ExitCode == 2 && result.Error.Contains($"'{build}' is not an L4Re build folder"));
        temp.Write("l4re build/include/l4/bid_config.h", "#define CONFIG_ANSWER \"configured\"\n");
        temp.Write($"l4re build/include/{name}/l4/of_architecture.h", "#define ANSWER CONFIG_ANSWER\nint l4_answer(void);\n");
        var libraries = Path.Combine(build, "lib", $"{name}_cpu", "std", "l4f");
        Directory.CreateDirectory(libraries);
        prefix.Compile(temp.Write("answer.c", "int l4_answer(void) { return 42; }\n"), temp["answer.o"], "--backend=linux", "-c");
        foreach (var library in (string[])["l4sys", "l4util", "4re", "4re-util", "4re-c", "4re-c-util"])
            Archive($"lib{library}.p.a", library == "4re-util" ? [temp["answer.o"]] : []);
        Archive("libc.a", []);

        prefix.Compile(program, temp["l4"], "--backend=linux", $"--l4={build}");

        prefix.RunOnLinux(temp["l4"]).Should()
            .Match<ToolResult>(result => result.ExitCode == 42 && result.Output == "configured\n");

        void Archive(string file, string[] members) => Tools.OfHost.Run(new ToolInvocation(
            "ar", ["rc", Path.Combine(libraries, file), .. members])).OrThrow("make an archive");
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void On_request_it_fails_at_run_time_and_the_program_can_find_out(string name)
    {
        var prefix = FlavourPrefix.Of(name);

        prefix.Compile(temp.Write("watch.c", Watch), temp["watch"], "--backend=semihosting", "--enosys");

        prefix.RunOnBareMachine(temp["watch"])
            .Should().Match<ToolResult>(result => result.ExitCode == 7 && Regex.IsMatch(result.Output, "^inotify_init1\n"));
        prefix.Calls(temp["watch"])
            .Should().Contain(call => call.EndsWith(" ENOSYS", StringComparison.Ordinal)).And.Contain("write");
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void A_crash_without_a_kernel_is_reported_and_ends_the_machine(string name)
    {
        var prefix = FlavourPrefix.Of(name);

        prefix.Compile(
            temp.Write("crash.c", "int main(void) { *(volatile int *)0 = 1; return 0; }\n"), temp["crash"],
            "--backend=semihosting", "-fno-delete-null-pointer-checks");

        prefix.RunOnBareMachine(temp["crash"])
            .Should().Match<ToolResult>(result => result.ExitCode == 139 && result.Error.Length + result.Output.Length > 0);
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void Pages_without_a_kernel_are_protected_and_stacks_of_threads_have_a_guard(string name)
    {
        var prefix = FlavourPrefix.Of(name);
        var source = Path.Combine(RepositoryRoot.Path, "tests", "EndToEnd.Tests", "programs", "protection.c");

        prefix.Compile(source, temp["protection"], "--backend=semihosting", "-Wno-infinite-recursion");

        prefix.RunOnBareMachine(temp["protection"], "nothing").ExitCode.Should().Be(5);
        foreach (var access in new[] { "write", "read", "execute", "stack" })
            prefix.RunOnBareMachine(temp["protection"], access).ExitCode.Should().Be(139, access);
    }

    // The last number is what is more than the machine's memory.
    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void Random_mappings_hold_what_was_written_to_them(string name)
    {
        var prefix = FlavourPrefix.Of(name);
        var source = Path.Combine(RepositoryRoot.Path, "tests", "EndToEnd.Tests", "programs", "mappings.c");

        prefix.Compile(source, temp["mappings"], "--backend=semihosting");

        prefix.RunOnBareMachine(temp["mappings"], "6000", "1", "20000").Should().Match<ToolResult>(
            result => result.ExitCode == 0 && result.Output == "ok\n");
        prefix.RunOnBareMachine(temp["mappings"], "6000", "2", "40000").Should().Match<ToolResult>(
            result => result.ExitCode == 0 && result.Output == "ok\n");
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void The_prefix_can_be_copied_and_pkg_config_knows_it(string name)
    {
        var original = FlavourPrefix.Of(name);
        FileTree.Copy(original.Path, temp["moved here"]);
        var moved = new FlavourPrefix(original.Architecture, temp["moved here"]);

        moved.Compile(temp.Write("hello.c", Hello), temp["hello"], "--backend=semihosting");

        moved.RunOnBareMachine(temp["hello"]).Output.Should().Be("hello 42 2.50\n");
        Tools.OfHost.Run(new ToolInvocation("pkg-config", "--libs", "--define-variable=backend=linux", "musl-l4re")
        {
            Environment = new Dictionary<string, string> { ["PKG_CONFIG_LIBDIR"] = Path.Combine(moved.Path, "lib", "pkgconfig") },
        }).OrThrow("ask pkg-config").Output.Should().Contain("syscalls/linux").And.Contain("-lsyscalls-linux");
    }

    [Fact]
    public void A_missing_backend_is_named_with_the_existing_ones()
    {
        var prefix = FlavourPrefix.Of((string)Artefacts.Architectures.First()[0]);

        prefix.TryCompile(temp.Write("hello.c", Hello), temp["hello"], "--backend=none").Should()
            .Match<ToolResult>(
                result => result.ExitCode == 2 && Regex.IsMatch(result.Error, "no backend 'none'.*enosys.* linux.* semihosting"));
    }

    static FlavourTest Test(string name) =>
        new(Artefacts.Named(name), Artefacts.Layout.FlavourTestPrograms(Artefacts.Named(name)), Tools.OfHost);

    // Sections that the linker kept have an address and a size. Dropped ones are listed first, at address 0.
    [GeneratedRegex(@"0x0*[1-9a-f][0-9a-f]* +SYS_(\w+)_function$", RegexOptions.Multiline)]
    private static partial Regex LinkedCalls();
}

using L4ReMusl.Backend;

namespace L4ReMusl.Tests.Backend;

public class SyscallFunctionsTests
{
    const string Pristine = "#define __NR_io_setup 0\n#define __NR_openat\t\t56\n\n#define __ARM_NR_set_tls\t0x0f0005\n";

    [Fact]
    public void Every_number_becomes_a_function_and_the_macro_its_address()
    {
        var header = SyscallFunctions.Header(SyscallFunctions.Read(Pristine, "p"));

        foreach (var name in (string[])["io_setup", "openat", "arm_set_tls"])
            header.Should().Contain($"\nlong SYS_{name}_function();\n#define SYS_{name} ((long)SYS_{name}_function)\n");
        header.Should().NotContain("__NR_", "musl's Makefile would make numbers of those").And.Contain("extern \"C\"");
    }

    [Fact]
    public void The_list_keeps_numbers_and_order() =>
        SyscallFunctions.List(SyscallFunctions.Read(Pristine, "p"))
            .Should().Be("SYSCALL(io_setup, 0)\nSYSCALL(openat, 56)\nSYSCALL(arm_set_tls, 0x0f0005)\n");

    [Theory]
    [InlineData("#define __NR_timerfd __NR_timerfd_create")]
    [InlineData("#ifdef __ILP32__")]
    [InlineData("#define __NR_broken")]
    public void A_header_of_another_form_is_refused_with_its_line(string line) =>
        this.Invoking(_ => SyscallFunctions.Read(Pristine + line + "\n", "arch/x/bits/syscall.h.in"))
            .Should().Throw<BuildException>()
            .WithMessage($"'arch/x/bits/syscall.h.in' has the line '{line}'*--musl-version*");
}

using L4ReMusl.Machines.Elf;

namespace L4ReMusl.Tests.Integration;

public sealed class ElfFileTests(CrossCompilers compilers) : IClassFixture<CrossCompilers>
{
    const string Library = "int exported(void) { return 1; } static int hidden = 2; int *variable = &hidden; "
        + "extern int missing(void); int call(void) { return missing(); } __attribute__((weak)) int weak(void) { return 3; }";

    [Theory]
    [InlineData("arm", ElfMachine.Arm)]
    [InlineData("arm64", ElfMachine.AArch64)]
    public void The_machine_and_the_kind_of_file_are_read(string architecture, ElfMachine machine)
    {
        var linked = new ElfFile(compilers.Compile(architecture, Library, "-shared", "-fPIC"));
        var compiled = new ElfFile(compilers.Compile(architecture, Library, "-c"));

        linked.Machine.Should().Be(machine);
        linked.Type.Should().Be(ElfType.Dynamic);
        compiled.Machine.Should().Be(machine);
        compiled.Type.Should().Be(ElfType.Relocatable);
    }

    [Theory]
    [InlineData("-mfloat-abi=hard", ElfFloatAbi.Hard)]
    [InlineData("-mfloat-abi=softfp", ElfFloatAbi.Soft)]
    [InlineData("-mfloat-abi=soft", ElfFloatAbi.Soft)]
    public void The_floating_point_ABI_of_arm_is_read(string option, ElfFloatAbi expected)
    {
        new ElfFile(compilers.Compile("arm", "double f(double x) { return x; }", "-c", option)).FloatAbi.Should().Be(expected);
    }

    [Fact]
    public void Arm64_has_only_one_floating_point_ABI()
    {
        new ElfFile(compilers.Compile("arm64", Library, "-c")).FloatAbi.Should().BeNull();
    }

    [Theory]
    [MemberData(nameof(CrossCompilers.Architectures), MemberType = typeof(CrossCompilers))]
    public void Exported_symbols_are_the_defined_global_and_weak_ones(string architecture)
    {
        new ElfFile(compilers.Compile(architecture, Library, "-shared", "-fPIC")).ExportedSymbols()
            .Should().Contain(["call", "exported", "variable", "weak"]).And.NotContain(["hidden", "missing"]);
    }

    [Theory]
    [MemberData(nameof(CrossCompilers.Architectures), MemberType = typeof(CrossCompilers))]
    public void Names_and_search_paths_of_libraries_are_read(string architecture)
    {
        var library = compilers.Compile(architecture, Library, "-shared", "-fPIC", "-Wl,-soname,libthing.so.1");
        var elf = new ElfFile(
            compilers.Compile(architecture, "int x;", "-shared", "-Wl,--no-as-needed", library, "-Wl,-rpath,/some/where"));

        new ElfFile(library).SharedName.Should().Be("libthing.so.1");
        elf.Needed.Should().Equal("libthing.so.1");
        elf.RunPaths.Should().Equal("/some/where");
    }

    [Theory]
    [MemberData(nameof(CrossCompilers.Architectures), MemberType = typeof(CrossCompilers))]
    public void The_dynamic_loader_of_a_program_is_read(string architecture)
    {
        var program = compilers.Compile(architecture, "void _start(void) {}", "-pie", "-Wl,--dynamic-linker=/lib/ld-test.so.1");

        new ElfFile(program).Interpreter.Should().Be("/lib/ld-test.so.1");
    }

    [Theory]
    [MemberData(nameof(CrossCompilers.Architectures), MemberType = typeof(CrossCompilers))]
    public void An_executable_stack_is_seen(string architecture)
    {
        Make("execstack").HasExecutableStack.Should().BeTrue();
        Make("noexecstack").HasExecutableStack.Should().BeFalse();

        ElfFile Make(string keyword) =>
            new(compilers.Compile(architecture, Library, "-shared", "-fPIC", "-z", keyword));
    }

    [Fact]
    public void Text_relocations_are_seen()
    {
        const string NotPositionIndependent = "__asm__(\".text\\n.globl f\\nf: .word external\\n\");";

        new ElfFile(compilers.Compile("arm", NotPositionIndependent, "-shared", "-Wl,-z,notext"))
            .HasTextRelocations.Should().BeTrue();
        new ElfFile(compilers.Compile("arm", Library, "-shared", "-fPIC")).HasTextRelocations.Should().BeFalse();
    }

    [Fact]
    public void Every_truncation_of_a_file_is_read_or_refused_but_never_crashes()
    {
        var whole = File.ReadAllBytes(compilers.Compile("arm", Library, "-shared", "-fPIC"));

        for (var length = 0; length < whole.Length; length += 97)
        {
            var read = () =>
            {
                var elf = new ElfFile(whole[..length], "cut.so");
                _ = (elf.Needed, elf.Interpreter, elf.FloatAbi, elf.ExportedSymbols());
            };
            try
            {
                read();
            }
            catch (BuildException e)
            {
                e.Message.Should().Contain("cut.so");
            }
        }
    }
}

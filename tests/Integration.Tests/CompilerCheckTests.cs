using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines.Elf;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Musl;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Integration;

/// <summary>Objects that a launcher has had made elsewhere.</summary>
public sealed class CompilerCheckTests(CrossCompilers compilers) : IClassFixture<CrossCompilers>, IDisposable
{
    static readonly CompilerLauncher Launcher = new("distcc");

    readonly TempFolder temp = new();

    [Theory]
    [MemberData(nameof(CrossCompilers.Architectures), MemberType = typeof(CrossCompilers))]
    public void Those_of_this_machines_compiler_pass(string architecture)
    {
        var toolchain = new ToolchainLocator(compilers.Runner).Locate(CrossCompilers.Named(architecture), null);
        var check = new CompilerCheck(toolchain, compilers.Runner);
        var compiled = compilers.Compile(architecture, "int x = 1;", "-c");
        var assembled = compilers.Compile(architecture, "", "-c", "-fno-ident");

        new ElfFile(compiled).Comments.Should().ContainSingle().Which.Should().StartWith("GCC: (");
        check.Invoking(c => c.Verify(Library(toolchain, compiled, assembled), Launcher)).Should().NotThrow();
    }

    [Theory]
    [MemberData(nameof(CrossCompilers.Architectures), MemberType = typeof(CrossCompilers))]
    public void One_of_another_compiler_is_an_error_that_names_both(string architecture)
    {
        var toolchain = new ToolchainLocator(compilers.Runner).Locate(CrossCompilers.Named(architecture), null);
        var own = compilers.Compile(architecture, "int x = 1;", "-c");
        var foreign = compilers.Compile(architecture, "int y = 1;", "-c", "-fno-ident");
        compilers.Runner.Run(new ToolInvocation(
            toolchain.Tool("objcopy"), $"--add-section=.comment={temp.Write("name", "\0GCC: (Other 9) 9.9.9\0")}", foreign))
            .OrThrow("change the object");

        new CompilerCheck(toolchain, compilers.Runner)
            .Invoking(check => check.Verify(Library(toolchain, own, foreign), Launcher)).Should().Throw<BuildException>()
            .WithMessage(
                $"'distcc' had objects for {architecture} made by GCC: (Other 9) 9.9.9, but*gcc' is GCC: (*same compiler*");
    }

    public void Dispose() => temp.Dispose();

    string Library(Toolchain toolchain, params string[] objects)
    {
        var library = temp["library.a"];
        compilers.Runner.Run(new ToolInvocation(toolchain.Tool("ar"), ["rc", library, .. objects])).OrThrow("make a library");
        return library;
    }
}

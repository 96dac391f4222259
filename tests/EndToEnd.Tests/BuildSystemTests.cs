using L4ReMusl.Foundation.Processes;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>Users' build systems, with the files that the prefix has for them.</summary>
public sealed class BuildSystemTests : IDisposable
{
    const string Source = "#include <stdio.h>\nint main(void) { return puts(\"hello\") < 0; }\n";

    readonly TempFolder temp = new("l4re musl test ");

    public void Dispose() => temp.Dispose();

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void Pkg_config_gives_paths_of_wherever_the_prefix_lies(string name)
    {
        using var plain = new TempFolder();
        foreach (var prefix in new[] { StagedPrefix.Of(name), StagedPrefix.Of(name).CopyTo(plain["moved"]) })
        {
            foreach (var package in new[] { "musl", "libc" })
            {
                var words = Run("pkg-config", "--cflags", "--libs", package)
                    .With("PKG_CONFIG_PATH", $"{prefix.Path}/lib/pkgconfig")
                    .Now().Output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

                Path.GetFullPath(words.Single(word => word.StartsWith("-isystem", StringComparison.Ordinal))["-isystem".Length..])
                    .Should().Be($"{prefix.Path}/include");
                Path.GetFullPath(words.Single(word => word.StartsWith("-L", StringComparison.Ordinal))[2..])
                    .Should().Be($"{prefix.Path}/lib");
                words.Should().Contain("-lc");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void A_CMake_project_is_built_and_tested_with_the_toolchain_file(string name)
    {
        var prefix = StagedPrefix.Of(name).CopyTo(temp["prefix"]);
        temp.Write("project/CMakeLists.txt", """
            cmake_minimum_required(VERSION 3.18)
            project(hello C)
            find_library(MATH m REQUIRED)
            add_executable(hello hello.c)
            target_link_libraries(hello ${MATH})
            enable_testing()
            add_test(NAME hello COMMAND hello)
            """);
        temp.Write("project/hello.c", Source);

        Run(
            "cmake", "-S", temp["project"], "-B", temp["build"],
            $"-DCMAKE_TOOLCHAIN_FILE={prefix.Path}/share/l4re-musl/toolchain.cmake").Now();
        Run("cmake", "--build", temp["build"]).Now();

        Run("ctest", "--test-dir", temp["build"], "--output-on-failure").Now().Output.Should().Contain("100% tests passed");
        new Machines.Elf.ElfFile(temp["build", "hello"]).Needed.Should().Equal("libc.so");
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void A_Meson_project_is_built_and_tested_with_the_cross_file(string name)
    {
        var prefix = StagedPrefix.Of(name).CopyTo(temp["prefix"]);
        temp.Write("project/meson.build", """
            project('hello', 'c')
            test('hello', executable('hello', 'hello.c', dependencies: dependency('musl')))
            """);
        temp.Write("project/hello.c", Source);

        var path = $"{prefix.Path}/bin:{Environment.GetEnvironmentVariable("PATH")}";
        Run("meson", "setup", "--cross-file", $"{prefix.Path}/share/l4re-musl/meson-cross.ini", temp["build"], temp["project"])
            .With("PATH", path).Now();
        Run("meson", "test", "-C", temp["build"]).With("PATH", path).Now().Output.Should().MatchRegex(@"Ok:\s+1");

        new Machines.Elf.ElfFile(temp["build", "hello"]).Machine.Should().Be(prefix.Architecture.Machine);
    }

    static Call Run(string tool, params string[] arguments) => new(new ToolInvocation(tool, arguments));

    sealed record Call(ToolInvocation Invocation)
    {
        public Call With(string variable, string value) =>
            new(Invocation with { Environment = new Dictionary<string, string> { [variable] = value } });

        public ToolResult Now() => Tools.OfHost.Run(Invocation).OrThrow($"run {Invocation.Tool}");
    }
}

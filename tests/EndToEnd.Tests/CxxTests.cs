using L4ReMusl.Backend;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines.Elf;
using L4ReMusl.Musl;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>C++ with a prefix that was made for it.</summary>
public sealed class CxxTests(CxxBuild build) : IClassFixture<CxxBuild>, IDisposable
{
    const string Passed = "begin\ndone\nend\n";

    readonly TempFolder temp = new("cxx test ");

    public static IEnumerable<object[]> Prefixes =>
        from architecture in Artefacts.Architectures
        from isFlavour in new[] { false, true }
        select new[] { architecture[0], isFlavour };

    public void Dispose() => temp.Dispose();

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void Exceptions_threads_and_the_library_work_in_programs_that_are_linked_in_any_way(string name)
    {
        var prefix = build.Prefix(name);
        Compile(prefix, [.. Options, "-c", "-fPIE", Program("hello.cc"), "-o", temp["hello.o"]]);

        foreach (var link in (string[])["-pie", "-no-pie", "-static", "-static-pie"])
        {
            Compile(prefix, temp["hello.o"], link, "-o", temp[link]);

            var isStatic = link.StartsWith("-static", StringComparison.Ordinal);
            prefix.Run(temp[link]).Should().Match<ToolResult>(result => result.ExitCode == 0 && result.Output == Passed, link);
            new ElfFile(temp[link]).Needed.Should().Equal(isStatic ? [] : ["libc.so"]);
        }
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void They_work_without_Linux(string name)
    {
        var prefix = build.Flavour(name);
        var compiler = FlavourCompiler(prefix);
        Run(compiler, [.. prefix.Architecture.BackendFlags, .. Options, "-c", Program("hello.cc"), "-o", temp["hello.o"]]);

        foreach (var backend in BackendPrograms.Backends)
            Run(compiler, $"--backend={backend}", temp["hello.o"], "-o", temp[backend]);

        prefix.RunOnLinux(temp[BackendPrograms.Linux])
            .Should().Match<ToolResult>(result => result.ExitCode == 0 && result.Output == Passed);
        prefix.RunOnBareMachine(temp[BackendPrograms.Semihosting])
            .Should().Match<ToolResult>(result => result.ExitCode == 0 && result.Output == Passed);
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void Files_and_folders_work(string name)
    {
        var prefix = build.Prefix(name);

        Compile(prefix, [.. Options, Program("files.cc"), "-o", temp["files"]]);

        prefix.Run(temp["files"], Directory.CreateDirectory(temp["folder"]).FullName)
            .Should().Match<ToolResult>(result => result.ExitCode == 0 && result.Output == "done\n");
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void An_exception_leaves_a_shared_library_that_is_loaded_at_run_time(string name)
    {
        var prefix = build.Prefix(name);
        Compile(
            prefix, "-shared", "-fPIC", "-o", temp["library.so"], temp.Write("library.cc", """
            #include <stdexcept>
            extern "C" void fail(const char *what) { throw std::runtime_error(what); }
            """));
        Compile(
            prefix, "-o", temp["program"], temp.Write("program.cc", """
            #include <cstdio>
            #include <dlfcn.h>
            #include <stdexcept>
            int main(int, char **arguments)
            {
                auto fail = (void (*)(const char *))dlsym(dlopen(arguments[1], RTLD_NOW), "fail");
                try {
                    fail("why");
                } catch (const std::exception &error) {
                    std::puts(error.what());
                }
            }
            """));

        prefix.Run(temp["program"], temp["library.so"])
            .Should().Match<ToolResult>(result => result.ExitCode == 0 && result.Output == "why\n");
    }

    [Theory]
    [MemberData(nameof(Prefixes))]
    public void Preprocessing_and_compiling_search_the_same_folders(string name, bool isFlavour)
    {
        var (compiler, root) = Compiler(name, isFlavour);
        var source = temp.Write("x.cc", "#include <cstdlib>\n");
        string[] user = ["-I", Directory.CreateDirectory(temp["own"]).FullName, "-isystem", temp.Path];

        var compiled = SearchList(compiler, [.. user, "-c", source]);

        compiled.Take(4).Should().Equal(
            temp["own"], temp.Path, $"{root}/{CxxFiles.Headers}", $"{root}/{CxxFiles.Headers}/{Artefacts.Named(name).Triple}");
        compiled.Should().ContainInOrder($"{root}/{CxxFiles.Headers}/backward", $"{root}/include").And.OnlyHaveUniqueItems();
        foreach (var other in (string[][])[["-E", source], ["-M", source], ["-c", "-save-temps", source], ["-S", source]])
            SearchList(compiler, [.. user, .. other]).Should().Equal(compiled, string.Join(' ', other));
        SearchList(compiler, "-nostdinc++", "-c", temp.Write("y.cc", "")).Should().NotContain(folder => folder.Contains("c++"));
    }

    [Theory]
    [MemberData(nameof(Prefixes))]
    public void Nothing_in_the_library_says_where_or_in_which_order_it_was_made(string name, bool isFlavour)
    {
        var architecture = Artefacts.Named(name);
        var library = build.Library(architecture, isFlavour);

        PrefixFiles.HostPaths(library, ["/l4re-musl-", RepositoryRoot.Path]).Should().BeEmpty();
        var members = Run("ar", "tv", Path.Combine(library, "lib", "libstdc++.a"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).ToList();
        members.Should().HaveCountGreaterThan(100).And.OnlyContain(member => member.StartsWith("rw-r--r-- 0/0 "));
        var names = members.ConvertAll(member => member.Split(' ')[^1]);
        names.Should().Equal(names.Order(StringComparer.Ordinal));
        FileTree.List(library).Where(entry => entry.IsFile).Select(entry => entry.Mode).Distinct().Should().Equal(FileModes.File);
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void A_prefix_that_was_moved_works_with_CMake(string name)
    {
        var prefix = build.Prefix(name).CopyTo(temp["prefix"]);
        temp.Write("project/CMakeLists.txt", """
            cmake_minimum_required(VERSION 3.18)
            project(small CXX)
            set(CMAKE_CXX_STANDARD 20)
            find_package(Threads REQUIRED)
            add_executable(small small.cc)
            target_link_libraries(small Threads::Threads)
            enable_testing()
            add_test(NAME small COMMAND small)
            """);
        temp.Write("project/small.cc", Small);

        Run("cmake", "-S", temp["project"], "-B", temp["build"],
            $"-DCMAKE_TOOLCHAIN_FILE={prefix.Path}/share/l4re-musl/toolchain.cmake");
        Run("cmake", "--build", temp["build"]);

        Run("ctest", "--test-dir", temp["build"], "--output-on-failure").Should().Contain("100% tests passed");
        new ElfFile(temp["build", "small"]).Needed.Should().Equal("libc.so");
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void It_works_with_Meson(string name)
    {
        var prefix = build.Prefix(name);
        temp.Write("project/meson.build", """
            project('small', 'cpp', default_options: ['cpp_std=c++20'])
            test('small', executable('small', 'small.cc', dependencies: dependency('threads')))
            """);
        temp.Write("project/small.cc", Small);

        RunWithPath(
            prefix, "meson", "setup", "--cross-file", $"{prefix.Path}/share/l4re-musl/meson-cross.ini", temp["build"],
            temp["project"]);

        RunWithPath(prefix, "meson", "test", "-C", temp["build"]).Should().MatchRegex(@"Ok:\s+1");
        new ElfFile(temp["build", "small"]).Machine.Should().Be(prefix.Architecture.Machine);
    }

    const string Small = """
        #include <iostream>
        #include <stdexcept>
        #include <thread>
        int main()
        {
            std::jthread([] {
                try {
                    throw std::runtime_error("thrown");
                } catch (const std::exception &error) {
                    std::cout << error.what() << std::endl;
                }
            });
        }

        """;

    static readonly string[] Options = ["-std=c++20", "-O1", "-Wall", "-Wextra", "-Werror"];

    static string Program(string file) => Path.Combine(RepositoryRoot.Path, "tests", "EndToEnd.Tests", "programs", file);

    static string FlavourCompiler(FlavourPrefix prefix) =>
        Backend.FlavourCompiler.CxxPathsIn(prefix.Path, prefix.Architecture)[0];

    (string Compiler, string Prefix) Compiler(string name, bool isFlavour) => isFlavour
        ? (FlavourCompiler(build.Flavour(name)), build.Flavour(name).Path)
        : (build.Prefix(name).Tool("c++"), build.Prefix(name).Path);

    static void Compile(StagedPrefix prefix, params string[] arguments) => Run(prefix.Tool("g++"), [.. arguments, "-std=c++20"]);

    static string Run(string tool, params IReadOnlyList<string> arguments) =>
        Tools.OfHost.Run(new ToolInvocation(tool, arguments)).OrThrow($"run {tool} {string.Join(' ', arguments)}").Output;

    static string RunWithPath(StagedPrefix prefix, string tool, params string[] arguments) => Tools.OfHost.Run(
        new ToolInvocation(tool, arguments)
        {
            Environment = new Dictionary<string, string>
            {
                ["PATH"] = $"{prefix.Path}/bin:{Environment.GetEnvironmentVariable("PATH")}",
            },
        }).OrThrow($"run {tool}").Output;

    // With -v, GCC prints where it searches.
    List<string> SearchList(string compiler, params string[] arguments) => [.. Tools.OfHost
        .Run(new ToolInvocation(compiler, ["-v", .. arguments]) { WorkingDirectory = temp.Path })
        .OrThrow("ask for the search list").Error.Split('\n')
        .SkipWhile(line => !line.StartsWith("#include <...>", StringComparison.Ordinal)).Skip(1)
        .TakeWhile(line => !line.StartsWith("End of search list", StringComparison.Ordinal))
        .Select(line => line.Trim())];
}

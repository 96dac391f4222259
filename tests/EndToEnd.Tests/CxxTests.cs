using L4ReMusl.Backend;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines.Elf;
using L4ReMusl.Musl;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>C++ with a prefix that was made for it.</summary>
public abstract class CxxTests<T>(CxxBuild build) : IClassFixture<CxxBuild>, IDisposable
    where T : IOneArchitecture
{
    static readonly string[] Shared = ["libstdc++.so.6", "libc.so"];

    static readonly (string[] Options, string[] Needed)[] Links =
    [
        (["-pie"], Shared), (["-no-pie"], Shared), (["-static"], []), (["-static-pie"], []),
        (["-static-libstdc++"], Shared[1..]), (["-static-libgcc", "-static-libstdc++"], Shared[1..]),
    ];

    const string Unwinder = "libgcc_s.so.1";

    const string Passed = "begin\ndone\nend\n";

    readonly TempFolder temp = new("cxx test ");

    public void Dispose()
    {
        temp.Dispose();
        GC.SuppressFinalize(this); // For classes that inherit this one.
    }

    [Fact]
    public void Exceptions_threads_and_the_library_work_in_programs_that_are_linked_in_any_way()
    {
        var prefix = build.Prefix(T.Name);
        Compile(prefix, [.. Options, "-c", "-fPIE", Program("hello.cc"), "-o", temp["hello.o"]]);

        foreach (var (link, needed) in Links)
        {
            Compile(prefix, [temp["hello.o"], .. link, "-o", temp["hello"]]);

            var how = string.Join(' ', link);
            prefix.Run(temp["hello"]).Should().Match<ToolResult>(result => result.ExitCode == 0 && result.Output == Passed, how);
            Needed(temp["hello"]).Should().BeEquivalentTo(needed, how);
            if (how.Contains("-static-libgcc") || needed.Length == 0)
                new ElfFile(temp["hello"]).Needed.Should().NotContain(Unwinder, how);
        }
    }

    [Fact]
    [Trait("Speed", "long")]
    public void They_work_without_Linux()
    {
        var prefix = build.Flavour(T.Name);
        var compiler = FlavourCompiler(prefix);
        Run(compiler, [.. prefix.Architecture.BackendFlags, .. Options, "-c", Program("hello.cc"), "-o", temp["hello.o"]]);

        foreach (var backend in BackendPrograms.Backends)
            Run(compiler, $"--backend={backend}", temp["hello.o"], "-o", temp[backend]);

        prefix.RunOnLinux(temp[BackendPrograms.Linux])
            .Should().Match<ToolResult>(result => result.ExitCode == 0 && result.Output == Passed);
        prefix.RunOnBareMachine(temp[BackendPrograms.Semihosting])
            .Should().Match<ToolResult>(result => result.ExitCode == 0 && result.Output == Passed);
    }

    [Fact]
    public void Files_and_folders_work()
    {
        var prefix = build.Prefix(T.Name);

        Compile(prefix, [.. Options, Program("files.cc"), "-o", temp["files"]]);

        prefix.Run(temp["files"], Directory.CreateDirectory(temp["folder"]).FullName)
            .Should().Match<ToolResult>(result => result.ExitCode == 0 && result.Output == "done\n");
    }

    [Theory]
    [InlineData("-shared-libgcc")]
    [InlineData("-static-libgcc", "-static-libstdc++")]
    public void An_exception_crosses_shared_libraries_that_are_loaded_at_run_time(params string[] options)
    {
        var prefix = build.Prefix(T.Name);
        Compile(
            prefix, [.. options, "-shared", "-fPIC", "-o", temp["library.so"], temp.Write("library.cc", """
            #include <stdexcept>
            extern "C" void fail(const char *what) { throw std::runtime_error(what); }
            extern "C" bool fails(void (*call)(const char *))
            {
                try {
                    call("why");
                } catch (const std::exception &) {
                    return true;
                }
                return false;
            }
            """)]);
        File.Copy(temp["library.so"], temp["another.so"]);
        Compile(
            prefix, [.. options, "-o", temp["program"], temp.Write("program.cc", """
            #include <cstdio>
            #include <dlfcn.h>
            #include <stdexcept>
            int main(int, char **arguments)
            {
                auto fail = (void (*)(const char *))dlsym(dlopen(arguments[1], RTLD_NOW), "fail");
                auto fails = (bool (*)(void (*)(const char *)))dlsym(dlopen(arguments[2], RTLD_NOW), "fails");
                try {
                    if (fails(fail))
                        fail("why");
                } catch (const std::exception &error) {
                    std::puts(error.what());
                }
            }
            """)]);

        prefix.Run(temp["program"], temp["library.so"], temp["another.so"])
            .Should().Match<ToolResult>(result => result.ExitCode == 0 && result.Output == "why\n");
    }

    // Each library has a copy of what is not shared: here, of the number of exceptions that are on their way.
    [Fact]
    public void All_libraries_of_a_process_share_one_library_of_Cxx()
    {
        var prefix = build.Prefix(T.Name);
        Compile(
            prefix, "-shared", "-fPIC", "-o", temp["library.so"], temp.Write("library.cc", """
            #include <exception>
            int on_their_way() { return std::uncaught_exceptions(); }
            """));
        Compile(
            prefix, "-o", temp["program"], temp["library.so"], temp.Write("program.cc", """
            int on_their_way();
            static int seen;
            struct Sees { ~Sees() { seen = on_their_way(); } };
            int main()
            {
                try {
                    Sees sees;
                    throw 1;
                } catch (int) {
                }
                return seen;
            }
            """));

        prefix.Run(temp["program"]).ExitCode.Should().Be(1);
    }

    // rustc names both folders and -lgcc_s, whether a prefix has C++ or not.
    [Fact]
    public void What_is_not_written_in_it_does_not_need_its_unwinder()
    {
        var prefix = build.Prefix(T.Name);
        var folder = Directory.CreateDirectory(temp["unwinder"]).FullName;
        Run(prefix.Tool("ar"), "rc", Path.Combine(folder, "libgcc_s.a"));
        var source = temp.Write("small.c", "int main(void) { return 0; }\n");

        Run(prefix.Tool("gcc"), source, $"-L{prefix.Path}/lib", $"-L{folder}", "-lgcc_s", "-o", temp["program"]);

        new ElfFile(temp["program"]).Needed.Should().Equal("libc.so");
    }

    [Fact]
    public void The_driver_for_C_compiles_it_too()
    {
        var prefix = build.Prefix(T.Name);
        var source = temp.Write("small.cc", Small);
        File.Copy(source, temp["small"]);

        foreach (var arguments in (string[][])[[source], ["-x", "c++", temp["small"]]])
        {
            Run(prefix.Tool("gcc"), [.. arguments, "-x", "none", "-std=c++20", "-lstdc++", "-o", temp["program"]]);
            prefix.Run(temp["program"])
                .Should().Match<ToolResult>(result => result.ExitCode == 0 && result.Output == "thrown\n");
        }
    }

    [Fact]
    public void Preprocessing_and_compiling_search_the_same_folders() =>
        SearchesTheSameFolders(build.Prefix(T.Name).Tool("c++"), build.Prefix(T.Name).Path);

    [Fact]
    [Trait("Speed", "long")]
    public void They_do_without_Linux() =>
        SearchesTheSameFolders(FlavourCompiler(build.Flavour(T.Name)), build.Flavour(T.Name).Path);

    void SearchesTheSameFolders(string compiler, string root)
    {
        var source = temp.Write("x.cc", "#include <cstdlib>\n");
        string[] user = ["-I", Directory.CreateDirectory(temp["own"]).FullName, "-isystem", temp.Path];

        var compiled = SearchList(compiler, [.. user, "-c", source]);

        compiled.Take(4).Should().Equal(
            temp["own"], temp.Path, $"{root}/{CxxFiles.Headers}", $"{root}/{CxxFiles.Headers}/{Artefacts.Named(T.Name).Triple}");
        compiled.Should().ContainInOrder($"{root}/{CxxFiles.Headers}/backward", $"{root}/include").And.OnlyHaveUniqueItems();
        foreach (var other in (string[][])[["-E", source], ["-M", source], ["-c", "-save-temps", source], ["-S", source]])
            SearchList(compiler, [.. user, .. other]).Should().Equal(compiled, string.Join(' ', other));
        SearchList(compiler, "-nostdinc++", "-c", temp.Write("y.cc", "")).Should().NotContain(folder => folder.Contains("c++"));
    }

    [Fact]
    public void Nothing_in_the_library_says_where_or_in_which_order_it_was_made() =>
        SaysNothing(build.Library(T.Name, isFlavour: false));

    [Fact]
    [Trait("Speed", "long")]
    public void Nothing_in_the_one_without_Linux_does() => SaysNothing(build.Library(T.Name, isFlavour: true));

    static void SaysNothing(string library)
    {
        PrefixFiles.HostPaths(library, ["/l4re-musl-", RepositoryRoot.Path]).Should().BeEmpty();
        var members = Run("ar", "tv", Path.Combine(library, "lib", "libstdc++.a"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).ToList();
        members.Should().HaveCountGreaterThan(100).And.OnlyContain(member => member.StartsWith("rw-r--r-- 0/0 "));
        var names = members.ConvertAll(member => member.Split(' ')[^1]);
        names.Should().Equal(names.Order(StringComparer.Ordinal));
        foreach (var file in FileTree.List(library).Where(entry => entry.IsFile))
            file.Mode.Should().Be(file.Path.Contains(".so.") ? FileModes.Program : FileModes.File, file.Path);
    }

    [Fact]
    public void A_prefix_that_was_moved_works_with_CMake()
    {
        var prefix = build.Prefix(T.Name).CopyTo(temp["prefix"]);
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
        Needed(temp["build", "small"]).Should().BeEquivalentTo(Shared);
    }

    [Fact]
    public void It_works_with_autoconf()
    {
        var prefix = build.Prefix(T.Name);
        temp.Write("project/configure.ac", """
            AC_INIT([small], [1])
            AC_CONFIG_SRCDIR([small.cc])
            AC_PROG_CXX
            AC_LANG([C++])
            AC_CHECK_HEADER([filesystem], [], [AC_MSG_ERROR([there are no headers of C++])])
            AC_CONFIG_FILES([Makefile])
            AC_OUTPUT

            """);
        temp.Write("project/Makefile.in", "small: small.cc\n\t@CXX@ @CXXFLAGS@ @LDFLAGS@ -std=c++20 -o small small.cc\n");
        temp.Write("project/small.cc", Small);

        RunWithPath(prefix, "sh", "-c", """
            cd "$0" && autoconf && cp /usr/share/autoconf/build-aux/* . &&
            CONFIG_SITE="$1/share/config.site" ./configure --host="$2" && make
            """, temp["project"], prefix.Path, prefix.Architecture.Triple);

        prefix.Run(temp["project", "small"]).Output.Should().Be("thrown\n");
        Needed(temp["project", "small"]).Should().BeEquivalentTo(Shared);
    }

    [Fact]
    public void It_works_with_Meson()
    {
        var prefix = build.Prefix(T.Name);
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

    // Whether a program needs the unwinder itself, or only the library of C++ does, depends on the architecture.
    static IEnumerable<string> Needed(string program) => new ElfFile(program).Needed.Where(name => name != Unwinder);

    static string Program(string file) => Path.Combine(RepositoryRoot.Path, "tests", "EndToEnd.Tests", "programs", file);

    static string FlavourCompiler(FlavourPrefix prefix) =>
        Backend.FlavourCompiler.CxxPathsIn(prefix.Path, prefix.Architecture)[0];

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

/// <summary>On arm64.</summary>
public sealed class Arm64CxxTests(CxxBuild build) : CxxTests<Arm64CxxTests>(build), IOneArchitecture
{
    public static string Name => "arm64";
}

/// <summary>On arm.</summary>
[Trait("Speed", "long")]
public sealed class ArmCxxTests(CxxBuild build) : CxxTests<ArmCxxTests>(build), IOneArchitecture
{
    public static string Name => "arm";
}

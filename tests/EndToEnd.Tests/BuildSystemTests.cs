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

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void CMake_finds_what_is_in_the_prefix_and_in_the_users_folders_only(string name)
    {
        var prefix = StagedPrefix.Of(name).CopyTo(temp["prefix"]);
        foreach (var library in new[] { "first", "second", "third", "fourth" })
            WriteLibrary(library);
        temp.Write("project/CMakeLists.txt", """
            cmake_minimum_required(VERSION 3.18)
            project(finds C)
            find_package(PkgConfig REQUIRED)
            pkg_check_modules(MUSL REQUIRED IMPORTED_TARGET musl)
            pkg_check_modules(FIRST REQUIRED IMPORTED_TARGET first)
            find_library(SECOND second REQUIRED)
            find_path(SECOND_HEADER second.h REQUIRED)
            find_library(THIRD third REQUIRED)
            find_package(fourth CONFIG REQUIRED)
            pkg_check_modules(ZLIB zlib)
            if(ZLIB_FOUND)
                message(FATAL_ERROR "found the host's zlib")
            endif()
            """);
        temp.Write("host/lib/pkgconfig/zlib.pc", "Name: zlib\nDescription: of the host\nVersion: 1\n"); // Where the host's is.

        Run(
            "cmake", "-S", temp["project"], "-B", temp["build"],
            $"-DCMAKE_TOOLCHAIN_FILE={prefix.Path}/share/l4re-musl/toolchain.cmake",
            $"-DCMAKE_PREFIX_PATH={temp["first"]};{temp["fourth"]}",
            $"-DCMAKE_FIND_ROOT_PATH={temp["second"]}",
            $"-Dthird_ROOT={temp["third"]}", $"-DCMAKE_LIBRARY_PATH={temp["third"]}/lib")
            .With("PKG_CONFIG_LIBDIR", temp["host", "lib", "pkgconfig"]).Now();

        void WriteLibrary(string library)
        {
            temp.Write($"{library}/include/{library}.h", "");
            temp.Write($"{library}/lib/lib{library}.a", "!<arch>\n");
            temp.Write($"{library}/lib/cmake/{library}/{library}Config.cmake", "");
            temp.Write($"{library}/lib/pkgconfig/{library}.pc", $$"""
                prefix=${pcfiledir}/../..
                Name: {{library}}
                Description: {{library}}
                Version: 1
                Libs: -L${prefix}/lib -l{{library}}

                """);
        }
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void CMake_optimizes_across_the_files_of_a_static_library(string name)
    {
        var prefix = StagedPrefix.Of(name);
        temp.Write("project/CMakeLists.txt", """
            cmake_minimum_required(VERSION 3.18)
            project(ipo C)
            include(CheckIPOSupported)
            check_ipo_supported()
            set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ON)
            add_library(answer STATIC answer.c)
            add_executable(ipo main.c)
            target_link_libraries(ipo answer)
            enable_testing()
            add_test(NAME ipo COMMAND ipo)
            """);
        temp.Write("project/answer.c", "int answer(void) { return 42; }\n");
        temp.Write("project/main.c", "int answer(void);\nint main(void) { return answer() - 42; }\n");

        Run(
            "cmake", "-S", temp["project"], "-B", temp["build"],
            $"-DCMAKE_TOOLCHAIN_FILE={prefix.Path}/share/l4re-musl/toolchain.cmake").Now();
        Run("cmake", "--build", temp["build"]).Now();

        Run("ctest", "--test-dir", temp["build"], "--output-on-failure").Now().Output.Should().Contain("100% tests passed");
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void Meson_finds_musls_libraries_and_not_those_of_the_compiler(string name)
    {
        var prefix = StagedPrefix.Of(name).CopyTo(temp["prefix"]);
        temp.Write("project/meson.build", """
            project('finds', 'c')
            cc = meson.get_compiler('c')
            libraries = [
              cc.find_library('atomic'),
              cc.find_library('atomic', static: true),
              cc.find_library('resolv', static: true),
              cc.find_library('m'),
            ]
            foreach name : ['gomp', 'stdc++', 'z']
              foreach is_static : [false, true]
                if cc.find_library(name, required: false, static: is_static).found()
                  error(name + ' is of the compiler or of the host')
                endif
              endforeach
            endforeach
            if dependency('zlib', required: false).found()
              error('zlib is of the host')
            endif
            test('hello', executable('hello', 'hello.c', dependencies: libraries))
            """);
        temp.Write("project/hello.c", Source);

        var path = $"{prefix.Path}/bin:{Environment.GetEnvironmentVariable("PATH")}";
        Run("meson", "setup", "--cross-file", $"{prefix.Path}/share/l4re-musl/meson-cross.ini", temp["build"], temp["project"])
            .With("PATH", path).Now();
        Run("meson", "test", "-C", temp["build"]).With("PATH", path).Now().Output.Should().MatchRegex(@"Ok:\s+1");

        new Machines.Elf.ElfFile(temp["build", "hello"]).Needed.Should().Equal("libc.so");
        File.ReadAllText(temp["build", "build.ninja"]).Replace("$ ", " ", StringComparison.Ordinal)
            .Should().NotContain("gcc-cross").And.Contain($"{prefix.Path}/lib/libresolv.a");
    }

    // The same script, once with the answers, and once with programs that run, in emulation.
    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void The_answers_for_configure_scripts_are_what_they_would_find_out(string name)
    {
        var prefix = StagedPrefix.Of(name);
        var answers = Path.Combine(prefix.Path, "share", "config.site");
        var triple = prefix.Architecture.Triple;
        temp.Write("project/configure.ac", """
            AC_INIT([answers], [1])
            AC_CONFIG_HEADERS([config.h:config.in])
            AC_PROG_CC
            AC_SYS_LARGEFILE
            AC_FUNC_CHOWN
            AC_FUNC_CLOSEDIR_VOID
            AC_FUNC_FNMATCH
            AC_FUNC_FORK
            AC_FUNC_GETGROUPS
            AC_FUNC_GETPGRP
            AC_FUNC_LSTAT
            AC_FUNC_LSTAT_FOLLOWS_SLASHED_SYMLINK
            AC_FUNC_MALLOC
            AC_FUNC_MBRTOWC
            AC_FUNC_MEMCMP
            AC_FUNC_MKTIME
            AC_FUNC_MMAP
            AC_FUNC_REALLOC
            AC_FUNC_SETPGRP
            AC_FUNC_SETVBUF_REVERSED
            AC_FUNC_STAT
            AC_FUNC_STRCOLL
            AC_FUNC_STRERROR_R
            AC_FUNC_STRNLEN
            AC_FUNC_STRTOD
            AC_FUNC_STRTOLD
            AC_FUNC_UTIME_NULL
            AC_OUTPUT

            """);
        temp.Write("project/config.in", "#undef malloc\n");
        temp.Write("compiler", $"""
            #!/bin/sh
            '{prefix.Tool("gcc")}' "$@" || exit
            if [ -x conftest ]; then
                mv conftest .conftest
                printf '%s\n' '#!/bin/sh' 'exec {prefix.Architecture.QemuUser} -L {prefix.Path} ./.conftest "$@"' > conftest
                chmod +x conftest
            fi

            """);
        File.SetUnixFileMode(temp["compiler"], Foundation.Files.FileModes.Program);
        Run("sh", "-c", "cd \"$0\" && autoconf && cp /usr/share/autoconf/build-aux/* .", temp["project"]).Now();

        var told = Configure("told", prefix.Tool("gcc"), answers);
        var foundOut = Configure("found out", "../compiler", "/dev/null");

        var keys = File.ReadLines(answers).Where(line => line.StartsWith("ac_", StringComparison.Ordinal))
            .Select(line => line.Split('=')[0]).ToList();
        keys.Should().HaveCountGreaterThan(20);
        foreach (var key in keys)
            told.GetValueOrDefault(key).Should().NotBeNull(key).And.Be(foundOut.GetValueOrDefault(key), key);
        File.ReadAllText(temp["told", "config.h"]).Should().NotContain("rpl_malloc");

        Dictionary<string, string> Configure(string folder, string compiler, string site)
        {
            Directory.CreateDirectory(temp[folder]);
            const string Command = "cd \"$0\" && ../project/configure --cache-file=cache --host=\"$1\" CC=\"$2\"";
            Run("sh", "-c", Command, temp[folder], triple, compiler).With("CONFIG_SITE", site).Now();
            return File.ReadLines(temp[folder, "cache"]).Where(line => line.Contains("=${ac_cv_"))
                .Select(line => line.Split("=${", 2))
                .ToDictionary(parts => parts[0], parts => parts[1].Split('=')[1].TrimEnd('}'));
        }
    }

    static Call Run(string tool, params string[] arguments) => new(new ToolInvocation(tool, arguments));

    sealed record Call(ToolInvocation Invocation)
    {
        public Call With(string variable, string value) =>
            new(Invocation with { Environment = new Dictionary<string, string> { [variable] = value } });

        public ToolResult Now() => Tools.OfHost.Run(Invocation).OrThrow($"run {Invocation.Tool}");
    }
}

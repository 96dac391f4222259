using System.Text.RegularExpressions;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines.Elf;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>
/// Whatever the compiler and the linker are asked about their target, they answer for the prefix, also if glibc and the
/// compiler's own libraries for glibc are installed beside them.
/// </summary>
public sealed partial class CompilerAnswerTests(GlibcCompilers compilers) : IClassFixture<GlibcCompilers>, IDisposable
{
    static readonly string[] Programs = ["as", "ld", "ar", "nm", "objcopy", "cc1", "collect2", "lto-wrapper"];

    readonly TempFolder temp = new();

    /// <summary>Each architecture, with the compiler that is installed and with another one.</summary>
    public static IEnumerable<object[]> Compilers =>
        from architecture in Artefacts.Architectures
        from isInstalled in new[] { true, false }
        select new[] { architecture[0], isInstalled };

    public void Dispose() => temp.Dispose();

    [Theory]
    [MemberData(nameof(Compilers))]
    public void No_answer_names_a_folder_of_the_host_but_the_compilers_own(string name, bool isInstalled)
    {
        var compiler = Compiler(name, isInstalled);
        var source = temp.Write("x.c", "int main(void) { return 0; }\n");
        var own = GlibcCompilers.Folder(compiler.Prefix);
        var libraries = new[] { own, GlibcCompilers.Glibc(compiler.Prefix), Path.Combine(compiler.Musl.Path, "lib") }
            .SelectMany(Directory.EnumerateFiles).Select(Path.GetFileName).Distinct();
        string[][] questions =
        [
            .. libraries.Select(file => new[] { $"-print-file-name={file}" }),
            .. Programs.Select(program => new[] { $"-print-prog-name={program}" }),
            ["--print-file-name", "libc.a"], ["-print-search-dirs"], ["-print-sysroot"], ["-print-multiarch"],
            ["-print-multi-directory"], ["-print-multi-lib"], ["-print-multi-os-directory"], ["-print-libgcc-file-name"],
            ["-dumpmachine"], ["-dumpversion"], ["-dumpfullversion"], ["-dumpspecs"], ["--help=target"], ["-Q", "--help=target"],
            ["-v"], ["--version"],
            .. from link in new[] { "-pie", "-no-pie", "-static", "-static-pie", "-shared" }
               from verbosity in new[] { "-v", "-###" }
               select new[] { verbosity, link, source, "-o", temp["x"] },
            ["-v", "-E", source, "-o", temp["x.i"]], ["-###", "-c", source],
        ];

        foreach (var question in questions)
        {
            var result = compiler.Ask(question);

            var text = result.Output + result.Error;
            result.Succeeded.Should().BeTrue($"{string.Join(' ', question)}: {text}");
            Paths(text).Where(path => !IsOurs(path, compiler, own)).Should().BeEmpty(string.Join(' ', question));
        }
    }

    [Theory]
    [MemberData(nameof(Compilers))]
    public void The_answers_are_those_of_a_compiler_for_musl(string name, bool isInstalled)
    {
        var compiler = Compiler(name, isInstalled);
        var prefix = compiler.Musl.Path;
        var source = temp.Write("x.c", "int main(void) { return 0; }\n");

        compiler.Answer("-dumpmachine").Should().Be(compiler.Musl.Architecture.Triple);
        compiler.Answer("-print-sysroot").Should().Be(prefix);
        compiler.Answer("-print-multiarch").Should().BeEmpty();
        compiler.Answer("-print-file-name=libc.a").Should().Be($"{prefix}/lib/libc.a");
        compiler.Answer("--print-file-name", "crt1.o").Should().Be($"{prefix}/lib/crt1.o");
        compiler.Answer("-print-file-name=libstdc++.so").Should().Be("libstdc++.so");
        compiler.Answer("-print-file-name=libgomp.a").Should().Be("libgomp.a");
        compiler.Answer("-print-prog-name=ld").Should().Be(compiler.Musl.Tool("ld"));
        compiler.Answer("-print-search-dirs").Split('\n').Should().Contain($"libraries: ={prefix}/lib/");
        foreach (var question in new[] { "-print-libgcc-file-name", "-print-file-name=libgcc_eh.a" })
            File.Exists(compiler.Answer(question)).Should().BeTrue(question);
        Path.IsPathRooted(compiler.Answer("-print-file-name=include")).Should().BeTrue();
        compiler.Answer("-dumpspecs").Should().Contain(compiler.Musl.Architecture.Interpreter).And.NotContain("ld-linux");
        var link = compiler.Ask("-v", source, "-o", temp["x"]).Error.Split('\n');
        link.Should().Contain($"Target: {compiler.Musl.Architecture.Triple}")
            .And.ContainSingle(line => line.StartsWith("LIBRARY_PATH=", StringComparison.Ordinal)).Which
            .Should().StartWith($"LIBRARY_PATH={prefix}/lib/:");
        compiler.Musl.Run(temp["x"]).Succeeded.Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(Compilers))]
    public void With_v_the_exit_code_and_both_streams_are_the_compilers(string name, bool isInstalled)
    {
        var compiler = Compiler(name, isInstalled);

        var good = compiler.Ask("-v", "-E", temp.Write("good.c", "int answer;\n"));
        var bad = compiler.Ask("-v", "-c", temp.Write("bad.c", "not C\n"), "-o", temp["bad.o"]);

        good.Succeeded.Should().BeTrue();
        good.Output.Should().Contain("int answer;").And.NotContain("COLLECT_GCC");
        bad.ExitCode.Should().Be(1);
        bad.Error.Should().Contain("bad.c:1:");
    }

    [Theory]
    [MemberData(nameof(Compilers))]
    public void The_compilers_libraries_for_glibc_are_not_found(string name, bool isInstalled)
    {
        var compiler = Compiler(name, isInstalled);
        var source = temp.Write("x.c", "int main(void) { return 0; }\n");

        foreach (var library in new[] { "gomp", "itm", "asan", "ubsan", "stdc++", "supc++", "gcc_s" })
        {
            foreach (var link in new[] { "-pie", "-static" })
            {
                var result = compiler.Ask(link, source, $"-l{library}", "-o", temp["x"]);

                result.Succeeded.Should().BeFalse($"{link} -l{library}");
                result.Error.Should().Contain($"cannot find -l{library}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Compilers))]
    public void Libgcc_is_found_by_name_where_nothing_else_is_linked(string name, bool isInstalled)
    {
        var compiler = Compiler(name, isInstalled);
        // A division of 64 bits on arm and of 128 bits on the others is a function of libgcc.
        var source = temp.Write("x.c", """
            #ifdef __SIZEOF_INT128__
            typedef __int128 wide;
            #else
            typedef long long wide;
            #endif
            int main(int argc, char **argv) { volatile wide a = 84, b = 2; (void)argv; return (int)(a / b) - 42 + argc - 1; }

            """);
        var lib = $"{compiler.Musl.Path}/lib";

        compiler.Ask(
            "-nostdlib", "-static", $"{lib}/crt1.o", $"{lib}/crti.o", source,
            "-Wl,--start-group", "-lc", "-lgcc", "-lgcc_eh", "-Wl,--end-group", $"{lib}/crtn.o", "-o", temp["x"]).OrThrow("link");

        compiler.Musl.Run(temp["x"]).ExitCode.Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(Compilers))]
    public void The_linker_alone_finds_the_libraries_of_the_prefix(string name, bool isInstalled)
    {
        var compiler = Compiler(name, isInstalled);
        var lib = $"{compiler.Musl.Path}/lib";
        compiler.Ask("-c", temp.Write("x.c", "int main(void) { return 7; }\n"), "-o", temp["x.o"]).OrThrow("compile");

        foreach (var linker in new[] { "ld", "ld.bfd" })
        {
            compiler.Run(
                linker, "-dynamic-linker", compiler.Musl.Architecture.Interpreter, $"{lib}/crt1.o", $"{lib}/crti.o",
                temp["x.o"], "-lc", $"{lib}/crtn.o", "-o", temp["x"]).OrThrow("link");

            new ElfFile(temp["x"]).Needed.Should().Equal("libc.so");
            compiler.Musl.Run(temp["x"]).ExitCode.Should().Be(7);
            compiler.Run(linker, "--verbose").Output.Split('\n').Where(line => line.Contains("SEARCH_DIR"))
                .Should().Equal($"SEARCH_DIR(\"{lib}\");");
        }
    }

    [Theory]
    [MemberData(nameof(Compilers))]
    public void Macros_are_those_of_a_compiler_for_musl(string name, bool isInstalled)
    {
        var compiler = Compiler(name, isInstalled);
        var source = temp.Write(
            "x.c", "#include <features.h>\n#if defined __gnu_linux__ || defined __GLIBC__\n#error glibc\n#endif\n");

        compiler.Ask("-c", source, "-o", temp["x.o"]).OrThrow("compile");
        compiler.Ask("-E", source).OrThrow("preprocess");
        compiler.Run("cpp", source).OrThrow("preprocess with cpp");
    }

    [Theory]
    [MemberData(nameof(Compilers))]
    public void Archives_of_intermediate_code_are_made_with_the_compilers_own_tools(string name, bool isInstalled)
    {
        var compiler = Compiler(name, isInstalled);
        var source = temp.Write("f.c", "int f(void) { return 42; }\n");
        var main = temp.Write("main.c", "int f(void); int main(void) { return f(); }\n");
        compiler.Ask("-flto", "-O2", "-c", source, "-o", temp["f.o"]).OrThrow("compile");

        compiler.Run("gcc-ar", "rc", temp["libf.a"], temp["f.o"]).OrThrow("archive");
        compiler.Run("gcc-ranlib", temp["libf.a"]).OrThrow("index");
        compiler.Ask("-flto", "-O2", main, temp["libf.a"], "-o", temp["x"]).OrThrow("link");

        compiler.Run("gcc-nm", temp["libf.a"]).Output.Should().MatchRegex(@"\bf\b");
        compiler.Musl.Run(temp["x"]).ExitCode.Should().Be(42);
    }

    [GeneratedRegex(@"[\s:=,;|'""(){}]|(?<=^|\s)-[LIB](?=/)")]
    private static partial Regex BetweenPaths();

    // The line says how the compiler was built.
    static IEnumerable<string> Paths(string text) =>
        from line in text.Split('\n')
        where !line.StartsWith("Configured with: ", StringComparison.Ordinal)
        from word in BetweenPaths().Split(line)
        where word.StartsWith('/') && !word.StartsWith("//", StringComparison.Ordinal)
        select word.TrimEnd('/').Length == 0 ? "/" : Path.GetFullPath(word).TrimEnd('/');

    bool IsOurs(string path, AskedCompiler compiler, string own) =>
        new[] { compiler.Musl.Path, own, temp.Path }.Any(folder => FileTree.IsWithin(path, folder))
        || path == Path.GetDirectoryName(own) || path == Path.GetDirectoryName(Path.GetDirectoryName(own)) // It looks there, too.
        || IsProgram(path, compiler)
        || path == compiler.Musl.Architecture.Interpreter
        || (path.StartsWith("/tmp/cc", StringComparison.Ordinal) && !Path.Exists(path)); // A temporary file of the compiler.

    static bool IsProgram(string path, AskedCompiler compiler)
    {
        var bin = Path.GetDirectoryName(compiler.Prefix)!;
        var target = Path.GetFileName(compiler.Prefix).TrimEnd('-');
        return FileTree.IsWithin(path, bin) || FileTree.IsWithin(path, Path.GetFullPath(Path.Combine(bin, "..", target, "bin")));
    }

    AskedCompiler Compiler(string name, bool isInstalled)
    {
        var musl = StagedPrefix.Of(name);
        return new AskedCompiler(musl, isInstalled
            ? Tools.OfHost.Find(musl.Architecture.CrossPrefixes[0] + "gcc")![..^"gcc".Length]
            : compilers.Prefix(musl.Architecture));
    }

    /// <summary>The compiler of a prefix, with the tools that it calls.</summary>
    sealed record AskedCompiler(StagedPrefix Musl, string Prefix)
    {
        public ToolResult Ask(params string[] arguments) => Run("gcc", arguments);

        public string Answer(params string[] arguments) => Ask(arguments).OrThrow("ask").Output.TrimEnd('\n');

        public ToolResult Run(string tool, params string[] arguments) =>
            Tools.OfHost.Run(new ToolInvocation(Musl.Tool(tool), arguments)
            {
                Environment = new Dictionary<string, string> { [Musl.Architecture.CrossVariable] = Prefix },
            });
    }
}

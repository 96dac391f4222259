using L4ReMusl.Foundation.Processes;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>
/// Whatever GCC does, it searches the same header folders in the same order, so a configure script sees what is compiled.
/// </summary>
public sealed class IncludeOrderTests(KernelHeaderPrefixes withKernel) : IClassFixture<KernelHeaderPrefixes>, IDisposable
{
    readonly TempFolder temp = new("headers ");

    public static IEnumerable<object[]> Compilers =>
        from architecture in Artefacts.Architectures
        from isFlavour in new[] { false, true }
        from hasKernelHeaders in new[] { false, true }
        select new[] { architecture[0], isFlavour, hasKernelHeaders };

    public void Dispose() => temp.Dispose();

    [Theory]
    [MemberData(nameof(Compilers))]
    public void Preprocessing_and_compiling_search_the_same_folders(string name, bool isFlavour, bool hasKernelHeaders)
    {
        foreach (var folder in (string[])["own", "system", "after"])
            temp.Write($"{folder}/stdio.h", $"int from_{folder};\n");
        var source = temp.Write("x.c", "#include <stdio.h>\n");
        var assembler = temp.Write("x.S", "");
        string[] own = ["-I", temp["own"]], system = ["-isystem", temp["system"]], after = ["-idirafter", temp["after"]];
        string[][] users = [[], own, system, after, [.. own, .. system, .. after]];
        var (linux, l4re) = Prefixes(name, hasKernelHeaders);
        var (compiler, prefix) = isFlavour
            ? (Backend.FlavourCompiler.PathIn(l4re.Path, l4re.Architecture), l4re.Path)
            : (linux.Tool("gcc"), linux.Path);
        string[] expected = hasKernelHeaders ? [$"{prefix}/include", $"{prefix}/include-linux"] : [$"{prefix}/include"];
        foreach (var user in users)
        {
            var compiled = SearchList(compiler, [.. user, "-c", source]);
            string[][] others =
            [
                ["-E", source], ["-M", source], ["-MM", source], ["-c", "-save-temps", source],
                ["-c", "-no-integrated-cpp", source], ["-E", "-x", "c-header", source], ["-S", source],
            ];

            compiled.Where(folder => folder.StartsWith(prefix, StringComparison.Ordinal)).Should().Equal(expected);
            if (hasKernelHeaders)
                compiled.Where(folder => folder != temp["after"]).Should().EndWith(expected[^1], "no other header may be hidden");
            foreach (var other in others)
                SearchList(compiler, [.. user, .. other]).Should().Equal(compiled, string.Join(' ', user.Concat(other)));
            SearchList(compiler, [.. user, "-c", assembler]).Should().Equal(compiled, string.Join(' ', user));
        }
    }

    [Theory]
    [MemberData(nameof(Compilers))]
    public void A_header_of_the_users_takes_the_place_of_the_prefixs(string name, bool isFlavour, bool hasKernelHeaders)
    {
        temp.Write("shim/stdio.h", "#include_next <stdio.h>\n#define SHIM 1\n");
        var source = temp.Write("x.c", "#include <stdio.h>\n#if !SHIM || !BUFSIZ\n#error one of the two was not read\n#endif\n");
        string[] shim = ["-isystem", temp["shim"]];
        var (linux, l4re) = Prefixes(name, hasKernelHeaders);
        Func<string, string, string[], ToolResult> compile = isFlavour ? l4re.TryCompile : linux.TryCompile;

        compile(source, temp["x.i"], [.. shim, "-E"]).OrThrow("preprocess");
        compile(source, temp["x.o"], [.. shim, "-c"]).OrThrow("compile");
    }

    (StagedPrefix Linux, FlavourPrefix L4Re) Prefixes(string name, bool hasKernelHeaders) => hasKernelHeaders
        ? (withKernel.Of(name), withKernel.FlavourOf(name))
        : (StagedPrefix.Of(name), FlavourPrefix.Of(name));

    // With -v, GCC prints where it searches.
    List<string> SearchList(string compiler, params IEnumerable<string> arguments) => [.. Tools.OfHost
        .Run(new ToolInvocation(compiler, ["-v", .. arguments]) { WorkingDirectory = temp.Path })
        .OrThrow("ask for the search list").Error.Split('\n')
        .SkipWhile(line => !line.StartsWith("#include <...>", StringComparison.Ordinal)).Skip(1)
        .TakeWhile(line => !line.StartsWith("End of search list", StringComparison.Ordinal))
        .Select(line => line.Trim())];
}

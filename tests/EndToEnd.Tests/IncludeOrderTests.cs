using L4ReMusl.Foundation.Processes;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>
/// Whatever GCC does, it searches the same header folders in the same order, so a configure script sees what is compiled.
/// </summary>
public sealed class IncludeOrderTests : IDisposable
{
    readonly TempFolder temp = new("headers ");

    public static IEnumerable<object[]> Compilers =>
        from architecture in Artefacts.Architectures
        from isFlavour in new[] { false, true }
        select new[] { architecture[0], isFlavour };

    public void Dispose() => temp.Dispose();

    [Theory]
    [MemberData(nameof(Compilers))]
    public void Preprocessing_and_compiling_search_the_same_folders(string name, bool isFlavour)
    {
        foreach (var folder in (string[])["own", "system", "after"])
            temp.Write($"{folder}/stdio.h", $"int from_{folder};\n");
        var source = temp.Write("x.c", "#include <stdio.h>\n");
        var assembler = temp.Write("x.S", "");
        string[] own = ["-I", temp["own"]], system = ["-isystem", temp["system"]], after = ["-idirafter", temp["after"]];
        string[][] users = [[], own, system, after, [.. own, .. system, .. after]];
        var (compiler, include) = isFlavour
            ? (Backend.FlavourCompiler.PathIn(FlavourPrefix.Of(name).Path, Artefacts.Named(name)), FlavourPrefix.Of(name).Path)
            : (StagedPrefix.Of(name).Tool("gcc"), StagedPrefix.Of(name).Path);
        foreach (var user in users)
        {
            var compiled = SearchList(compiler, [.. user, "-c", source]);
            string[][] others =
            [
                ["-E", source], ["-M", source], ["-MM", source], ["-c", "-save-temps", source],
                ["-c", "-no-integrated-cpp", source], ["-E", "-x", "c-header", source], ["-S", source],
            ];

            compiled.Should().Contain($"{include}/include");
            foreach (var other in others)
                SearchList(compiler, [.. user, .. other]).Should().Equal(compiled, string.Join(' ', user.Concat(other)));
            SearchList(compiler, [.. user, "-c", assembler]).Should().Equal(compiled, string.Join(' ', user));
        }
    }

    [Theory]
    [MemberData(nameof(Compilers))]
    public void A_header_of_the_users_takes_the_place_of_the_prefixs(string name, bool isFlavour)
    {
        temp.Write("shim/stdio.h", "#include_next <stdio.h>\n#define SHIM 1\n");
        var source = temp.Write("x.c", "#include <stdio.h>\n#if !SHIM || !BUFSIZ\n#error one of the two was not read\n#endif\n");
        string[] shim = ["-isystem", temp["shim"]];
        Func<string, string, string[], ToolResult> compile =
            isFlavour ? FlavourPrefix.Of(name).TryCompile : StagedPrefix.Of(name).TryCompile;

        compile(source, temp["x.i"], [.. shim, "-E"]).OrThrow("preprocess");
        compile(source, temp["x.o"], [.. shim, "-c"]).OrThrow("compile");
    }

    // With -v, GCC prints where it searches.
    List<string> SearchList(string compiler, params IEnumerable<string> arguments) => [.. Tools.OfHost
        .Run(new ToolInvocation(compiler, ["-v", .. arguments]) { WorkingDirectory = temp.Path })
        .OrThrow("ask for the search list").Error.Split('\n')
        .SkipWhile(line => !line.StartsWith("#include <...>", StringComparison.Ordinal)).Skip(1)
        .TakeWhile(line => !line.StartsWith("End of search list", StringComparison.Ordinal))
        .Select(line => line.Trim())];
}

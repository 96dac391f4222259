using L4ReMusl.Foundation.Files;
using L4ReMusl.Stages;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>What later builds do with existing results.</summary>
public sealed class RebuildTests : IDisposable
{
    const string SmallPatch = """
        Subject: memccpy in another file, and bytes that are read by nobody
        Why: They show in libc.so what was compiled again.
        Reference: none, for a test
        Applies-Until: not upstream
        ---

        diff --git a/src/string/memccpy.c b/src/string/moved.c
        rename from src/string/memccpy.c
        rename to src/string/moved.c
        --- a/src/string/memccpy.c
        +++ b/src/string/moved.c
        @@ -1,3 +1,4 @@
        +__asm__(".pushsection .rodata\n.ascii \"L4Re\"\n.popsection");
         #include <string.h>
         #include <stdint.h>
         #include <limits.h>
        diff --git a/src/locale/pleval.h b/src/locale/pleval.h
        --- a/src/locale/pleval.h
        +++ b/src/locale/pleval.h
        @@ -1,2 +1,3 @@
        +__asm__(".pushsection .rodata\n.ascii \"L4Re\"\n.popsection");
         #ifndef PLEVAL_H
         #define PLEVAL_H
        diff --git a/arch/mips/reloc.h b/arch/mips/reloc.h
        --- a/arch/mips/reloc.h
        +++ b/arch/mips/reloc.h
        @@ -1,3 +1,4 @@
        +#define ONLY_FOR_MIPS
         #if __mips_isa_rev >= 6
         #define ISA_SUFFIX "r6"
         #else

        """;

    // So many files include it that they are compiled in batches, in the build tree of an earlier build with batches.
    const string HeaderOfMany = """
        Subject: a comment in libm.h
        Why: It changes no bytes.
        Reference: none, for a test
        Applies-Until: not upstream
        ---

        diff --git a/src/internal/libm.h b/src/internal/libm.h
        --- a/src/internal/libm.h
        +++ b/src/internal/libm.h
        @@ -1,2 +1,3 @@
        +/* A comment. */
         #ifndef _LIBM_H
         #define _LIBM_H

        """;

    readonly RepositoryCopy copy = new();

    [Fact]
    public void A_moved_clone_is_up_to_date()
    {
        copy.WithOutput();

        var result = copy.Program.Run(["LsbRoot", "--offline", "--architectures", .. RepositoryCopy.Architectures]);

        var text = BuildProgram.Text(result);
        result.Succeeded.Should().BeTrue(text);
        foreach (var stage in RepositoryCopy.Stages)
            text.Should().Contain($"{stage}: up to date, ");
        text.Should().NotContain(": made, ").And.NotContain(": from the cache, ");
    }

    [Fact]
    public void What_is_half_made_or_changed_by_someone_else_is_replaced()
    {
        var architecture = Artefacts.Named(RepositoryCopy.Architectures[^1]);
        copy.WithOutput();
        FileTree.Delete(Path.Combine(copy.Layout.Prefix(architecture), "lib"));
        File.WriteAllText(Path.Combine(copy.Layout.Prefix(architecture), "unfinished"), "");
        File.Delete(new StageFolders(copy.Layout.Output).StampOf($"stage-{architecture}"));
        File.AppendAllText(Path.Combine(copy.Layout.RootFs(architecture), "etc", "passwd"), "intruder::0:0::/:/bin/sh\n");

        copy.Program.Run("LsbRoot", "--offline", "--architectures", architecture.Name).OrThrow("repair the results");

        copy.Describe().Should().Equal(RepositoryCopy.DescribeRepository());
    }

    [Theory]
    [InlineData("config/self-test/threads.c")]
    [InlineData("config/test-harness/harness.h")]
    [InlineData("config/components/busybox/build")]
    public void A_source_that_was_edited_is_the_reason_to_build_again(string file)
    {
        copy.WithOutput();
        File.AppendAllText(copy[file.Split('/')], "\n");

        var plan = copy.Program.Run(["LsbRoot", "--offline", "--plan", "--architectures", .. RepositoryCopy.Architectures]);

        BuildProgram.Text(plan.OrThrow("plan")).Should().Contain($"would run: changed: {file}");
    }

    // A file whose object goes and one whose object comes, and two that include the header.
    [Fact]
    public void A_patch_compiles_what_depends_on_it_and_the_bytes_are_those_of_a_whole_build()
    {
        var architecture = Artefacts.Named(RepositoryCopy.Architectures[^1]);
        var series = copy.Layout.MuslPatches("1.2.5");
        string[] command =
        [
            "Stage", "--architectures", architecture.Name, "--offline",
            "--mirrors", Path.Combine(BuildProgram.CacheFolder, "downloads"), "--cache-folder", copy["a cache"],
        ];
        if (!Directory.Exists(copy.WithBuildTree(Artefacts.Layout, architecture).Layout.Output))
            copy.Program.Run(command).OrThrow("build"); // The repository's own build has taken musl from a cache.

        Append("9998-small.patch", SmallPatch);
        var again = copy.Program.Run(command).OrThrow("build with the patch");
        var bytes = FileTree.ContentHash(copy.Layout.Prefix(architecture));
        copy.Program.Run("Clean").OrThrow("clean");
        FileTree.Delete(copy["a cache"]);
        var whole = copy.Program.Run(command).OrThrow("build with the patch from nothing");
        var libraries = FileTree.ContentHash(Path.Combine(copy.Layout.Prefix(architecture), "lib"));
        var wholeBytes = FileTree.ContentHash(copy.Layout.Prefix(architecture));
        Append("9999-header.patch", HeaderOfMany);
        var many = copy.Program.Run(command).OrThrow("build with a patch of a header that many files include");

        BuildProgram.Text(again).Should().Contain($"Compiling musl for {architecture}: 3 objects");
        BuildProgram.Text(whole).Should().MatchRegex($"Compiling musl for {architecture}: [0-9]{{4}} objects");
        wholeBytes.Should().Be(bytes);
        BuildProgram.Text(many).Should().MatchRegex($"Compiling musl for {architecture}: [0-9]{{3}} objects");
        FileTree.ContentHash(Path.Combine(copy.Layout.Prefix(architecture), "lib")).Should().Be(libraries);

        void Append(string name, string patch)
        {
            File.WriteAllText(Path.Combine(series, name), patch);
            File.AppendAllText(Path.Combine(series, "series"), name + "\n");
        }
    }

    [Fact]
    public void Clean_removes_the_results_and_leaves_what_is_the_users()
    {
        var results = ArchitectureCatalogue.All
            .SelectMany(
                a => new[] { copy.Layout.Compiled(a), copy.Layout.Prefix(a), copy.Layout.Package(a), copy.Layout.RootFs(a) })
            .Concat([copy.Layout.MuslSource, copy.Layout.Logs])
            .Concat([copy["out", "reports"], copy["out", ".stamps"], copy["out", ".scratch"], copy["out", ".kept"]]);
        foreach (var result in results)
            Directory.CreateDirectory(Path.Combine(result, "deeper"));
        Directory.CreateDirectory(copy["out", "mine", "deeper"]);
        Directory.CreateDirectory(copy.Layout.Images);
        File.WriteAllText(copy["out", "images", "mine.img"], "mine");
        File.WriteAllText(copy["out", "notes.txt"], "mine");

        copy.Program.Run("Clean").OrThrow("clean");

        FileTree.List(copy.Layout.Output).Select(entry => entry.Path)
            .Should().Equal("images", "images/mine.img", "mine", "mine/deeper", "notes.txt");
        Directory.Exists(Path.Combine(BuildProgram.CacheFolder, "compiled")).Should().BeTrue();
    }

    public void Dispose() => copy.Dispose();
}

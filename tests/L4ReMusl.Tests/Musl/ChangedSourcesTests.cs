using L4ReMusl.Musl;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Musl;

/// <summary>What must be compiled again in a small tree, of which the objects for the architecture "one" are there.</summary>
public sealed class ChangedSourcesTests : IDisposable
{
    readonly TempFolder temp = new();
    readonly IReadOnlyDictionary<string, string> earlier;

    public ChangedSourcesTests()
    {
        foreach (var (file, text) in new Dictionary<string, string>
        {
            ["configure"] = "echo '#include <float.h>' > x.c\n",
            ["Makefile"] = "all:\n",
            ["arch/one/bits/syscall.h.in"] = "#define __NR_read 1\n",
            ["arch/one/reloc.h"] = "",
            ["arch/two/reloc.h"] = "",
            ["arch/generic/bits/far.h"] = "",
            ["include/float.h"] = "",
            ["include/near.h"] = "  #  include <bits/far.h>\n",
            ["src/a/plain.c"] = "",
            ["src/a/near.c"] = "int x;\n#include \"near.h\"\n",
            ["src/a/other.c"] = "#include \"../a/near.c\"\n",
            ["src/a/one/fast.s"] = "",
            ["src/a/two/fast.s"] = "",
            ["ldso/start.c"] = "#include \"reloc.h\"\n",
            ["src/a/one/borrowed.c"] = "#include \"../two/lent.c\"\n",
            ["src/a/two/lent.c"] = "",
            ["crt/macro.c"] = "#define FILE \"x.h\"\n#include FILE\n",
        })
        {
            temp.Write("source/" + file, text);
        }

        earlier = Sources().Inputs.Entries;
    }

    [Theory]
    [InlineData("src/a/plain.c", "crt/macro.c", "src/a/one/borrowed.c", "src/a/plain.c")]
    [InlineData("src/a/new.c", "crt/macro.c", "src/a/one/borrowed.c", "src/a/new.c")]
    [InlineData("src/a/one/fast.s", "crt/macro.c", "src/a/one/borrowed.c", "src/a/one/fast.s")]
    [InlineData("src/a/near.c", "crt/macro.c", "src/a/one/borrowed.c", "src/a/near.c", "src/a/other.c")]
    [InlineData("include/near.h", "crt/macro.c", "src/a/one/borrowed.c", "src/a/near.c", "src/a/other.c")]
    [InlineData("arch/generic/bits/far.h", "crt/macro.c", "src/a/one/borrowed.c", "src/a/near.c", "src/a/other.c")]
    [InlineData("arch/one/bits/far.h", "crt/macro.c", "src/a/one/borrowed.c", "src/a/near.c", "src/a/other.c")]
    [InlineData("arch/one/reloc.h", "crt/macro.c", "src/a/one/borrowed.c", "ldso/start.c")]
    [InlineData("src/a/two/fast.s", "crt/macro.c", "src/a/one/borrowed.c")]
    [InlineData("src/a/two/lent.c", "crt/macro.c", "src/a/one/borrowed.c")]
    [InlineData("arch/two/reloc.h", "crt/macro.c", "src/a/one/borrowed.c")]
    [InlineData("src/malloc/oldmalloc/near.h", "crt/macro.c", "src/a/one/borrowed.c")]
    public void A_new_or_changed_source_or_header_is_a_reason_for_what_includes_it(string file, params string[] again)
    {
        temp.Write("source/" + file, "/* changed */\n");

        Sources().Since(earlier).Should().BeEquivalentTo(again);
    }

    [Theory]
    [InlineData("src/a/plain.c", "crt/macro.c", "src/a/one/borrowed.c", "src/a/plain.c")]
    [InlineData("arch/generic/bits/far.h", "crt/macro.c", "src/a/one/borrowed.c", "src/a/near.c", "src/a/other.c")]
    public void So_is_one_that_is_gone(string file, params string[] again)
    {
        File.Delete(temp["source", file]);

        Sources().Since(earlier).Should().BeEquivalentTo(again);
    }

    [Theory]
    [InlineData("Makefile")]
    [InlineData("configure")]
    [InlineData("arch/one/bits/syscall.h.in")]
    [InlineData("include/float.h")]
    public void On_anything_else_everything_depends(string file)
    {
        temp.Write("source/" + file, "# changed\n");

        Sources().Since(earlier).Should().BeNull();
    }

    [Fact]
    public void Without_a_change_nothing_is_compiled_again_and_with_other_settings_everything()
    {
        Sources().Since(earlier).Should().BeEmpty();
        Sources("another compiler").Since(earlier).Should().BeNull();
    }

    public void Dispose() => temp.Dispose();

    ChangedSources Sources(string compiler = "gcc") =>
        new(new MuslTree(temp["source"], temp["build"], "one"), [("compiler", compiler)]);
}

using L4ReMusl.Packaging;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Packaging;

public sealed class TreePackageTests : IDisposable
{
    // The folders into which L4Re's makefiles install a package. Recipes have one-line commands, so this replaces the package's
    // own makefiles.
    const string Installation = """
        native:
        	mkdir -p $(O)/lib/arm64_armv8a/std/l4f/musl-native
        	cp -r $(MUSL_NATIVE_PREFIX)/include $(O)/include/contrib/musl-native
        	cp $(MUSL_NATIVE_PREFIX)/lib/syscalls/l4re/include/l4.h $(O)/include/contrib/musl-native
        	cp $(MUSL_NATIVE_PREFIX)/lib/*.a $(MUSL_NATIVE_PREFIX)/lib/syscalls/*/*.* $(O)/lib/arm64_armv8a/std/l4f/musl-native
        	touch $(O)/pc/musl-native.pc $(O)/pc/musl-native.mk
        all:
        	mkdir -p $(O)/include/contrib $(O)/lib/arm64_armv8a/std/plain $(O)/pc $(O)/assets/misc/musl/arm64
        	cp -r $(MUSL_PREFIX)/include $(O)/include/contrib/musl
        	cp -rL $(MUSL_PREFIX)/lib $(O)/lib/arm64_armv8a/std/plain/musl
        	cp -L $(MUSL_PREFIX)/lib/libc.so $(MUSL_PREFIX)/lib/ld-musl-aarch64.so.1 $(O)/assets/misc/musl/arm64
        	echo "$(if $(S),in the tree,outside $(L4DIR)) $(MUSL_ASSETS)" > $(O)/pc/musl.pc
        	test -z "$(MUSL_NATIVE_PREFIX)" || $(MAKE) native

        """;

    readonly SmallTree tree = new();

    public TreePackageTests()
    {
        tree.Write("package/Control", "provides: musl\n");
        tree.Write("package/Makefile", Installation);
        tree.Write("l4/Makefile", "all:\n\t$(MAKE) -C $(S) all\n");
    }

    public void Dispose() => tree.Dispose();

    [Fact]
    public void It_is_built_from_outside_and_the_source_tree_stays_as_it_is()
    {
        Install("assets").Should().HaveCount(8).And.OnlyContain(file => File.Exists(file));

        File.ReadAllText(tree["build", "pc", "musl.pc"]).Should().Be($"outside {tree.Source} assets\n");
        Directory.Exists(tree["l4", "pkg", "musl"]).Should().BeFalse();
    }

    [Fact]
    public void Where_its_user_has_linked_it_into_the_tree_it_is_built_there()
    {
        Directory.CreateSymbolicLink(tree["l4", "pkg", "musl"], tree["package"]);

        Install(null);

        File.ReadAllText(tree["build", "pc", "musl.pc"]).Should().Be("in the tree \n");
    }

    [Fact]
    public void The_files_of_the_l4re_flavour_are_checked_as_well()
    {
        Install(null, tree.Native).Should().HaveCount(16).And.OnlyContain(file => File.Exists(file))
            .And.Contain(tree["build", "lib", "arm64_armv8a", "std", "l4f", "musl-native", "libsyscalls-l4re.a"])
            .And.Contain(tree["build", "pc", "musl-native.mk"]);

        tree.Write("package/Makefile", Installation + "\techo other > $(O)/lib/arm64_armv8a/std/l4f/musl-native/start.o\n");
        Refused($"*l4f/musl-native/start.o is not {tree["native", "lib", "syscalls", "l4re", "start.o"]}*", tree.Native);

        tree.Write("package/Makefile", Installation + "\trm $(O)/pc/musl-native.mk\n");
        Refused("*pc/musl-native.mk is missing*", tree.Native);
    }

    [Fact]
    public void Examples_are_built_from_outside()
    {
        tree.Write("package/examples/Makefile", "all:\n\techo $(L4DIR) > $(O)/example\n");

        tree.With(make =>
        {
            new TreePackage(tree.Open(), tree["package"], make).BuildExamples();
            return File.ReadAllText(tree["build", "example"]);
        }).Should().Be($"{tree.Source}\n");
    }

    [Fact]
    public void Another_package_of_the_same_name_is_refused()
    {
        tree.Write("l4/pkg/musl/Control", "provides: libc\n");

        Refused($"The L4Re tree has another '{tree["l4", "pkg", "musl"]}'*");
    }

    [Theory]
    [InlineData("cp -r $(MUSL_PREFIX)/include", "true", "*/include/contrib/musl/bits/alltypes.h is missing*")]
    [InlineData("cp -rL $(MUSL_PREFIX)/lib ", "cp -r $(MUSL_PREFIX)/include ", "*std/plain/musl/libc.a is missing*")]
    public void Files_that_are_not_where_they_should_be_are_named(string text, string instead, string message)
    {
        tree.Write("package/Makefile", Installation.Replace(text, instead, StringComparison.Ordinal));

        Refused(message);
    }

    [Fact]
    public void A_file_that_was_changed_on_its_way_is_named()
    {
        tree.Write("package/Makefile", Installation + "\techo stripped > $(O)/lib/arm64_armv8a/std/plain/musl/libc.so\n");

        Refused($"*std/plain/musl/libc.so is not {tree["prefix", "lib", "libc.so"]}*");
    }

    [Fact]
    public void The_last_output_of_make_is_shown_when_it_fails()
    {
        tree.Write("package/Makefile", "all:\n\t@echo no compiler for this >&2; false\n");

        Refused($"Could not build the package musl in '{tree.Build}'*no compiler for this*");
    }

    void Refused(string message, string? native = null) =>
        this.Invoking(test => test.Install(null, native)).Should().Throw<BuildException>().WithMessage(message);

    IReadOnlyList<string> Install(string? assets, string? native = null) =>
        tree.With(make => new TreePackage(tree.Open(), tree["package"], make).Install(tree.Prefix, native, assets));
}

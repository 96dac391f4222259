using L4ReMusl.Boot;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.NativeBoot;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.NativeBoot;

public sealed class TreeImagesTests : IDisposable
{
    const string Recipes = """
        elfimage uimage rawimage:
        	mkdir -p $(O)/images
        	echo $(E) $(MODULES_LIST) > $(O)/images/bootstrap_$(E).$(patsubst %image,%,$(subst uimage,uimageimage,$@))

        """;

    readonly SmallTree tree = new();

    public TreeImagesTests() => tree.Write("l4/Makefile", Recipes);

    public void Dispose() => tree.Dispose();

    [Fact]
    public void Every_entry_becomes_an_image()
    {
        Make();

        Directory.GetFiles(tree["images"]).Select(Path.GetFileName)
            .Should().BeEquivalentTo(BootEntry.All.Select(entry => $"{entry.Name}.elf"));
        File.ReadAllText(tree["images", "musl-native.elf"]).Should().Be("musl-native musl/modules.list\n");
    }

    [Fact]
    public void Boards_get_the_forms_that_their_boot_loaders_take_as_well()
    {
        tree.Configure("arm64", "armv8a", "zynqmp");

        Make();

        File.Exists(tree["images", "musl-vm.elf"]).Should().BeTrue();
        File.Exists(tree["images", "musl-vm.uimage"]).Should().BeTrue();
        File.Exists(tree["images", "musl-vm.raw"]).Should().BeTrue();
    }

    [Fact]
    public void A_missing_module_is_told_with_where_L4Re_looks_for_it()
    {
        tree.Write("l4/Makefile", "elfimage:\n\t@echo 'Could not find fiasco' >&2; false\n");

        this.Invoking(test => test.Make()).Should().Throw<BuildException>()
            .WithMessage("Could not make the boot image musl-modules*Could not find fiasco*"
                + $"MODULE_SEARCH_PATH*'{tree.Build}/conf/Makeconf.boot'*");
    }

    [Fact]
    public void A_make_that_makes_nothing_is_noticed()
    {
        tree.Write("l4/Makefile", "elfimage:\n");

        this.Invoking(test => test.Make())
            .Should().Throw<BuildException>()
            .WithMessage($"L4Re's make did not produce '{tree.Build}/images/bootstrap_musl-modules.elf'*");
    }

    IReadOnlyList<Figure> Make() =>
        tree.With(make => new TreeImages(tree.Open(), make, new ProgressDisplay(TextWriter.Null, false)).Make(tree["images"]));
}

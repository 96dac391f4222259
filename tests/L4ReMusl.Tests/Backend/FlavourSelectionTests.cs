using L4ReMusl.Goals;
using L4ReMusl.L4Re;
using L4ReMusl.Musl;
using L4ReMusl.Settings;

namespace L4ReMusl.Tests.Backend;

public class FlavourSelectionTests
{
    [Theory]
    [InlineData("", "Stage", "linux")]
    [InlineData("", "Stage Test", "linux l4re")]
    [InlineData("l4re", "Stage", "l4re")]
    [InlineData("L4RE,linux", "LsbRoot", "linux l4re")]
    public void What_is_built_depends_on_the_user_and_on_what_needs_it(string typed, string targets, string built) =>
        string.Join(' ', Select(typed, targets)).Should().Be(built);

    [Fact]
    public void With_an_L4Re_its_flavour_is_built_too() => Select("", "Image", hasTree: true).Should().Equal(Flavour.All);

    [Fact]
    public void Boot_images_of_L4Re_need_it() =>
        this.Invoking(_ => Select("linux", "Image", hasTree: true))
            .Should().Throw<BuildException>().WithMessage("The target Image needs the flavour l4re*");

    [Theory]
    [InlineData("l4re", "Stage LsbRoot", "The target LsbRoot needs the flavour linux*Add it, or stop at the target Stage.")]
    [InlineData("linux", "Test", "The target Test needs the flavour l4re, which --flavours linux leaves out*")]
    [InlineData("l4", "Stage", "'--flavours' can't be 'l4'. Did you mean 'l4re'? Valid: linux, l4re.")]
    public void A_selection_that_cannot_work_is_refused(string typed, string targets, string message) =>
        this.Invoking(_ => Select(typed, targets)).Should().Throw<BuildException>().WithMessage(message);

    static IReadOnlyList<Flavour> Select(string typed, string targets, bool hasTree = false)
    {
        var settings = new SettingsParser(ArchitectureCatalogue.All).Parse(new RawSettings((Parameters.Flavours, typed)));
        return FlavourSelection.For(
            settings with { Tree = hasTree ? Tree : null }, [.. targets.Split(' ').Select(GoalCatalogue.Of)]);
    }

    static L4ReTree Tree => new("/nowhere/l4", "/nowhere/build", ArchitectureCatalogue.Arm64, "armv8a", "arm_virt");
}

using L4ReMusl.Backend;
using L4ReMusl.Musl;
using L4ReMusl.Settings;

namespace L4ReMusl.Tests.Flavours;

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
        this.Invoking(_ => Select("linux", "Image", hasTree: true)).Should().Throw<BuildException>().WithMessage("The target Image needs all flavours here*");

    [Theory]
    [InlineData("l4re", "Stage LsbRoot", "The target LsbRoot needs the flavour linux*Add it, or end with the target Stage.")]
    [InlineData("linux", "Test", "The target Test needs all flavours*leaves l4re out*")]
    [InlineData("l4", "Stage", "'l4' is not a flavour of musl. Valid for --flavours: linux, l4re.*")]
    public void A_selection_that_cannot_work_is_refused(string typed, string targets, string message) =>
        this.Invoking(_ => Select(typed, targets)).Should().Throw<BuildException>().WithMessage(message);

    static IReadOnlyList<Flavour> Select(string typed, string targets, bool hasTree = false) => FlavourSelection.For(
        new SettingsParser(ArchitectureCatalogue.All).Parse(new RawSettings { Flavours = [typed] }).Flavours, targets.Split(' '), hasTree);
}

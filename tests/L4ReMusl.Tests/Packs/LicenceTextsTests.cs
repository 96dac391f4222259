using L4ReMusl.Auditing;
using L4ReMusl.Components;
using L4ReMusl.Layout;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Packs;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Packs;

/// <summary>The texts of licences.</summary>
public sealed class LicenceTextsTests
{
    static readonly BuildLayout Layout = new(RepositoryRoot.Path, "none");

    static readonly LicenceTexts Texts = new(Layout.Licences, Layout.OwnLicence, []);

    [Fact]
    public void Every_component_states_a_licence_whose_text_is_there_or_comes_with_its_archive()
    {
        var components = new ComponentCatalogue(Layout.Components);

        components.Select(components.Names).Should().OnlyContain(component => component.Identity.Licence != null);
        foreach (var component in components.Select(components.Names).Where(component => component.Source is null))
            Texts.Of([ThingCatalogue.Of(component, [])]).Should().HaveCountGreaterThan(1, component.Name);
    }

    [Fact]
    public void What_comes_from_the_host_has_its_texts_and_where_its_sources_are()
    {
        var architecture = ArchitectureCatalogue.All[0];
        var gcc = new Toolchain(architecture, "x-", "gcc 12.2.0", "");
        ShippedThing[] things =
        [
            ThingCatalogue.GccRuntime(gcc), ThingCatalogue.CxxLibrary(gcc),
            new("linux", "6.1-1", ThingKind.Kernel, "pkg:deb/linux") { Licence = "GPL-2.0-only", SourcePage = "https://x" },
        ];

        Texts.Of(things).Select(text => text.Path).Should().Equal(
            "l4re-musl/LICENSE",
            "gcc/GPL-3.0-or-later.txt", "gcc/GCC-exception-3.1.txt", "gcc/SOURCE",
            "libstdc++/GPL-3.0-or-later.txt", "libstdc++/GCC-exception-3.1.txt", "libstdc++/SOURCE",
            "linux/GPL-2.0-only.txt", "linux/SOURCE");
    }

    [Fact]
    public void An_expression_has_the_names_of_all_its_licences() =>
        LicenceTexts.NamesIn("MIT AND (GPL-3.0-or-later WITH GCC-exception-3.1 OR MIT)")
            .Should().Equal("MIT", "GPL-3.0-or-later", "GCC-exception-3.1");

    [Theory]
    [InlineData(null, "no licence is stated for it")]
    [InlineData("Unheard-1.0", "the text of Unheard-1.0 should be in ")]
    public void What_has_no_text_is_not_shipped(string? licence, string why)
    {
        var thing = new ShippedThing("x", "1", ThingKind.Library, "pkg:generic/x@1") { Licence = licence };

        FluentActions.Invoking(() => Texts.Of([thing])).Should().Throw<BuildException>()
            .WithMessage($"x 1 cannot be shipped without its licence: {why}*");
    }

    [Fact]
    public void Each_text_is_used_by_something() =>
        Directory.GetFiles(Layout.Licences).Select(Path.GetFileNameWithoutExtension).Should().BeEquivalentTo(
            "Apache-2.0", "GCC-exception-3.1", "GPL-2.0-only", "GPL-3.0-or-later", "Linux-syscall-note", "MIT");
}

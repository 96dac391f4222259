using L4ReMusl.Architectures;
using L4ReMusl.L4Re;
using L4ReMusl.Settings;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.L4Re;

public sealed class L4ReTreeTests : IDisposable
{
    readonly TempFolder temp = new();

    public L4ReTreeTests()
    {
        foreach (var file in (string[])["mk/Makeconf", "mk/subdir.mk", "pkg/Makefile"])
            temp.Write($"l4/{file}", "");
        temp.Write("build/Makefile", $"# automatically created -- modifications will be lost\nSRC := {Source}\nOBJ := {Build}\n");
        Configure("arm64", "armv8a");
        temp.Write("build/include/l4/sys/types.h", "");
    }

    string Source => temp["l4"];

    string Build => temp["build"];

    public void Dispose() => temp.Dispose();

    [Fact]
    public void A_build_folder_says_what_it_is_for_and_where_its_sources_are()
    {
        var tree = L4ReTree.Open(null, Build, ArchitectureCatalogue.All);

        tree.Source.Should().Be(Source);
        tree.Architecture.Should().Be(ArchitectureCatalogue.Arm64);
        tree.Libraries("plain").Should().Be(Path.Combine(Build, "lib", "arm64_armv8a", "std", "plain"));
    }

    [Fact]
    public void A_source_tree_may_be_named_by_a_link()
    {
        Directory.CreateSymbolicLink(temp["link"], Source);

        L4ReTree.Open(temp["link"], Build, ArchitectureCatalogue.All).Architecture.Name.Should().Be("arm64");
    }

    [Fact]
    public void A_source_tree_alone_is_not_enough() => Refused(Source, null, "*there is no --l4re-build*");

    [Fact]
    public void Folders_that_are_not_there_are_named()
    {
        Refused(temp["nowhere"], Build, $"*source tree '{temp["nowhere"]}' is not there*");
        Refused(null, temp["nowhere"], $"*build folder '{temp["nowhere"]}' is not there*make B=*");
    }

    [Fact]
    public void A_folder_that_is_something_else_is_refused()
    {
        Directory.CreateDirectory(temp["home"]);

        Refused(temp["home"], Build, "*is not an L4Re source tree: it has no mk/Makeconf*");
        Refused(null, temp["home"], "*is not an L4Re build folder: it has no Makefile*");
        Refused(null, Source, "*is not an L4Re build folder*");
    }

    [Fact]
    public void A_build_folder_of_another_tree_is_refused()
    {
        foreach (var file in (string[])["mk/Makeconf", "mk/subdir.mk", "pkg/Makefile"])
            temp.Write($"other/{file}", "");

        Refused(temp["other"], Build, $"*belongs to the source tree '{Source}', not to '{temp["other"]}'*");
    }

    [Fact]
    public void One_that_is_not_configured_or_not_built_is_refused_with_the_command_that_is_missing()
    {
        Directory.Delete(temp["build", "include"], recursive: true);
        Refused(null, Build, $"*has no include/l4. Run 'make O={Build}' in '{Source}'.");

        File.Delete(temp["build", ".kconfig"]);
        Refused(null, Build, $"*is not configured: it has no .kconfig. Run 'make O={Build} config' in '{Source}'.");
    }

    [Fact]
    public void One_for_an_architecture_that_there_is_no_musl_for_is_refused()
    {
        Configure("mips", "4kc");

        Refused(null, Build, "*configured for 'mips'*it has: arm, arm64.");
    }

    [Fact]
    public void One_for_an_architecture_that_is_not_selected_is_refused() =>
        new SettingsParser(ArchitectureCatalogue.All).Invoking(parser => parser.Parse(new RawSettings { Architectures = ["arm"], L4ReBuild = Build }))
            .Should().Throw<BuildException>().WithMessage($"*'{Build}' is for arm64, which --architectures arm leaves out*");

    void Refused(string? source, string? build, string message) =>
        this.Invoking(_ => L4ReTree.Open(source, build, ArchitectureCatalogue.All)).Should().Throw<BuildException>().WithMessage(message);

    void Configure(string architecture, string cpu) =>
        temp.Write("build/.kconfig", $"# CONFIG_BUILD_ARCH_x86 is not set\nCONFIG_BUILD_ARCH_{architecture}=y\nCONFIG_BUILD_ARCH=\"{architecture}\"\nCONFIG_CPU=\"{cpu}\"\n");
}

using L4ReMusl.L4Re;
using L4ReMusl.Settings;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.L4Re;

public sealed class L4ReTreeTests : IDisposable
{
    readonly SmallTree tree = new();

    string Source => tree.Source;

    string Build => tree.Build;

    public void Dispose() => tree.Dispose();

    [Fact]
    public void A_build_folder_says_what_it_is_for_and_where_its_sources_are()
    {
        var opened = tree.Open();

        opened.Source.Should().Be(Source);
        opened.Architecture.Should().Be(ArchitectureCatalogue.Arm64);
        opened.Platform.Should().Be("arm_virt");
        opened.PlainLibraries.Should().Be(Path.Combine(Build, "lib", "arm64_armv8a", "std", "plain"));
        opened.KernelLibraries.Should().Be(Path.Combine(Build, "lib", "arm64_armv8a", "std", "l4f"));
    }

    [Fact]
    public void A_source_tree_may_be_named_by_a_link()
    {
        Directory.CreateSymbolicLink(tree["link"], Source);

        L4ReTree.Open(tree["link"], Build, ArchitectureCatalogue.All).Architecture.Name.Should().Be("arm64");
    }

    [Fact]
    public void A_source_tree_alone_is_not_enough() => Refused(Source, null, "*needs --l4re-build*");

    [Fact]
    public void Missing_folders_are_named()
    {
        Refused(tree["nowhere"], Build, $"*source tree '{tree["nowhere"]}' does not exist*");
        Refused(null, tree["nowhere"], $"*build folder '{tree["nowhere"]}' does not exist*make B=*");
    }

    [Fact]
    public void A_folder_that_is_something_else_is_refused()
    {
        Directory.CreateDirectory(tree["home"]);

        Refused(tree["home"], Build, "*is not an L4Re source tree: it has no mk/Makeconf*");
        Refused(null, tree["home"], "*is not an L4Re build folder: it has no Makefile*");
        Refused(null, Source, "*is not an L4Re build folder*");
    }

    [Fact]
    public void A_build_folder_of_another_tree_is_refused()
    {
        foreach (var file in (string[])["mk/Makeconf", "mk/subdir.mk", "pkg/Makefile"])
            tree.Write($"other/{file}", "");

        Refused(tree["other"], Build, $"*belongs to the source tree '{Source}', not to '{tree["other"]}'*");
    }

    [Theory]
    [InlineData("with blank/build", "l4")]
    [InlineData("build", "with blank/l4")]
    public void Paths_that_its_makefiles_cannot_handle_are_refused(string build, string source)
    {
        Directory.CreateDirectory(tree["with blank"]);
        foreach (var (from, to) in ((string, string)[])[("build", build), ("l4", source)])
        {
            if (from != to)
                Directory.Move(tree[from], tree[to]);
        }

        tree.Write($"{build}/Makefile", $"SRC := {tree[source]}\n");
        Refused(null, tree[build], $"L4Re's makefiles cannot handle the space in '{tree["with blank"]}/*'*");
    }

    [Fact]
    public void One_that_is_not_configured_or_not_built_is_refused_with_the_command_that_is_missing()
    {
        File.Delete(tree["build", "include", "l4", "re", "env.h"]);
        Refused(null, Build, $"*has no include/l4/re/env.h. Run 'make O={Build}' in '{Source}'.");

        // As configuring leaves it.
        Directory.Delete(tree["build", "include", "arm64"], recursive: true);
        Refused(null, Build, $"*has no include/arm64/l4. Run 'make O={Build}' in '{Source}'.");

        Directory.Delete(tree["build", "include"], recursive: true);
        Refused(null, Build, $"*has no include/arm64/l4. Run 'make O={Build}' in '{Source}'.");

        File.Delete(tree["build", ".kconfig"]);
        Refused(null, Build, $"*is not configured: it has no .kconfig. Run 'make O={Build} config' in '{Source}'.");
    }

    [Fact]
    public void A_tree_for_an_architecture_without_musl_is_refused()
    {
        tree.Configure("mips", "4kc", "malta");

        Refused(null, Build, "*configured for 'mips'*it has: arm, arm64.");
    }

    [Fact]
    public void One_for_an_architecture_that_is_not_selected_is_refused() =>
        new SettingsParser(ArchitectureCatalogue.All)
            .Invoking(parser => parser.Parse(new RawSettings((Parameters.Architectures, "arm"), (Parameters.L4ReBuild, Build))))
            .Should().Throw<BuildException>().WithMessage($"*'{Build}' is for arm64, which --architectures arm leaves out*");

    void Refused(string? source, string? build, string message) =>
        this.Invoking(_ => L4ReTree.Open(source, build, ArchitectureCatalogue.All))
            .Should().Throw<BuildException>().WithMessage(message);
}

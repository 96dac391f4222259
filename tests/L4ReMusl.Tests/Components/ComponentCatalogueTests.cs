using L4ReMusl.Components;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Components;

/// <summary>The files that describe components, and the selection of components.</summary>
public sealed class ComponentCatalogueTests : IDisposable
{
    const string Script = "#!/bin/sh\nmake install\n";

    readonly TempFolder temp = new();

    [Fact]
    public void A_component_is_a_folder_with_a_file_and_musl_is_always_there()
    {
        Add("zsh");
        Add("dash");
        temp.Write("README.md", "");
        Directory.CreateDirectory(temp["empty"]);

        Catalogue.Names.Should().Equal("musl", "dash", "zsh");
        new ComponentCatalogue(temp["nowhere"]).Names.Should().Equal("musl");
    }

    [Fact]
    public void Dependencies_come_along_once_and_before_what_needs_them()
    {
        Add("ncurses");
        Add("readline", "\"dependsOn\": [\"musl\", \"ncurses\"],");
        Add("bash", "\"dependsOn\": [\"readline\", \"ncurses\"],");

        Catalogue.Select(["musl", "bash", "readline"]).Select(component => component.Name).Should()
            .Equal("ncurses", "readline", "bash");
        Catalogue.Select(["musl"]).Should().BeEmpty();
    }

    [Fact]
    public void An_unknown_component_is_an_error_that_names_the_known_ones_and_who_wants_it()
    {
        Add("busybox");
        Add("demo", "\"dependsOn\": [\"nothing\"],");

        Selecting("busbox").Should().Throw<BuildException>().WithMessage(
            "'busbox' is not a component, but --components names it. Valid: musl, busybox, demo.*Did you mean 'busybox'?");
        Selecting("demo").Should().Throw<BuildException>()
            .WithMessage("'nothing' is not a component, but the file of demo names it.*");
    }

    [Fact]
    public void A_circle_is_named()
    {
        Add("a", "\"dependsOn\": [\"b\"],");
        Add("b", "\"dependsOn\": [\"a\"],");

        Selecting("a").Should().Throw<BuildException>().WithMessage("*a -> b -> a*");
    }

    [Theory]
    [InlineData("\"shells\": [\"bin/sh\"],", "*component.json: 'bin/sh' must be a path*")]
    [InlineData("\"init\": \"init\",", "*'init' must be a path*")]
    [InlineData(
        "\"checks\": [{ \"name\": \"a b\", \"run\": [\"/bin/x\"], \"prints\": \"\" }],",
        "*the check 'a b' must consist of letters*")]
    [InlineData(
        "\"checks\": [{ \"name\": \"a\", \"run\": [\"x\"], \"prints\": \"\" }],",
        "*'run' of the check 'a' must begin with the path*")]
    [InlineData("\"checks\": [{ \"name\": \"a\", \"run\": [\"/bin/x\"] }],", "*a check must have 'prints', a text*")]
    [InlineData("\"dependson\": [],", "*the record of demo has 'dependson', which is not one of description,*")]
    [InlineData("\"hostTools\": [{ \"program\": \"m4\" }],", "*a host tool must have 'package'*")]
    [InlineData("\"languages\": [\"ada\"],", "*component.json: 'ada' is not a language of prefixes. Valid: c, c++.")]
    [InlineData("oops", "*component.json does not describe a component*")]
    [InlineData(
        "\"build\": [\"make\"],",
        "*component.json has 'build', but the script is a separate file: move these lines to */demo/build.")]
    [InlineData("\"replaces\": [\"sbin/init\"],", "*component.json: 'sbin/init' must be a path*")]
    [InlineData(
        "\"checks\": [{ \"name\": \"a\", \"run\": [\"/bin/x\"], \"prints\": \"\", \"bootedOnly\": 1 }],",
        "*a check must have 'bootedOnly', true or false*")]
    [InlineData(
        "\"crate\": \"demo\",", "*component.json must have either 'source', *, or 'crate', *, but it has 'source' and 'crate'.")]
    public void What_is_wrong_in_a_file_is_named(string text, string message)
    {
        Add("demo", text);

        Selecting("demo").Should().Throw<BuildException>().WithMessage(message);
    }

    [Fact]
    public void A_component_is_built_from_something()
    {
        temp.Write("demo/component.json", """{ "description": "for tests" }""");

        Selecting("demo").Should().Throw<BuildException>()
            .WithMessage("*component.json must have either 'source', *, or 'crate', *, or a folder 'src'*, but it has none.");
    }

    [Fact]
    public void A_component_may_have_its_sources_in_its_folder()
    {
        temp.Write("demo/component.json", """{ "description": "for tests" }""");
        temp.Write("demo/build", Script);
        temp.Write("demo/src/main.c", "");

        var component = Catalogue.Select(["demo"]).Should().ContainSingle().Subject;
        (component.Source, component.Version).Should().Be((null, "of this repository"));
        component.Script!.Path.Should().Be(temp["demo", "build"]);

        File.Delete(temp["demo", "build"]);
        Selecting("demo").Should().Throw<BuildException>().WithMessage("The script */demo/build, which builds demo, is missing*");
    }

    [Theory]
    [InlineData("usr/include/x.h", true)]
    [InlineData("usr/include", true)]
    [InlineData("usr/lib/libx.a", true)]
    [InlineData("usr/lib/pkgconfig/x.pc", true)]
    [InlineData("usr/lib/libx.so.1", false)]
    [InlineData("usr/includes/x", false)]
    public void What_only_compilers_need_is_known(string path, bool isForDevelopment) =>
        Component.IsForDevelopment(path).Should().Be(isForDevelopment);

    [Fact]
    public void A_crate_has_no_script()
    {
        temp.Write("demo/component.json", """{ "description": "for tests", "crate": "demo" }""");
        Selecting("demo").Should().NotThrow();
        temp.Write("demo/build", Script);

        Selecting("demo").Should().Throw<BuildException>()
            .WithMessage("*component.json has 'crate', which cargo builds, but there is also the script */demo/build; *");
    }

    [Theory]
    [InlineData("", "The first line of */demo/build must begin with '#!/bin/sh'*")]
    [InlineData("make install\n", "The first line of */demo/build must begin with '#!/bin/sh'*")]
    [InlineData("#!/bin/shell\nmake install\n", "The first line of */demo/build must begin with '#!/bin/sh'*")]
    [InlineData("#!/bin/bash\nmake install\n", "The first line of */demo/build must begin with '#!/bin/sh'*")]
    [InlineData("#!/bin/sh\r\nmake install\r\n", "*/demo/build has carriage returns*LF.")]
    public void A_script_that_sh_cannot_run_is_named(string script, string message)
    {
        Add("demo");
        temp.Write("demo/build", script);

        Selecting("demo").Should().Throw<BuildException>().WithMessage(message);
    }

    [Theory]
    [InlineData("true", "The script */demo/build, which builds demo, is missing; *README.md*")]
    [InlineData("mkdir build", "The script */demo/build, which builds demo, is not a plain file; *README.md*")]
    [InlineData("ln -s nowhere build", "The script */demo/build, which builds demo, is not a plain file; *README.md*")]
    [InlineData("echo '#!/bin/sh' > other; ln -s other build", "The script */demo/build, *, is not a plain file; *README.md*")]
    [InlineData("mkfifo build", "'*/demo/build' is a FIFO*")]
    public void A_script_that_is_no_file_is_named(string command, string message)
    {
        Add("demo");
        File.Delete(temp["demo", "build"]);
        Tools.OfHost.Run(new ToolInvocation("sh", "-c", command) { WorkingDirectory = temp["demo"] })
            .OrThrow("make the odd file");

        Selecting("demo").Should().Throw<BuildException>().WithMessage(message);
    }

    [Fact]
    public void Folder_and_sources_have_one_name()
    {
        Add("demo");
        Directory.Move(temp["demo"], temp["other"]);

        Selecting("other").Should().Throw<BuildException>().WithMessage("*sources of 'demo'*folder is named 'other'*");
    }

    [Fact]
    public void All_components_of_the_repository_can_be_read_and_the_usual_ones_boot()
    {
        var catalogue = new ComponentCatalogue(Path.Combine(RepositoryRoot.Path, "config", "components"));

        var all = catalogue.Select(catalogue.Names);
        all.Should().HaveCountGreaterThan(1).And.OnlyContain(component => component.Checks.Count > 0
            || all.Any(user => user.Dependencies.Contains(component.Name) && user.Checks.Count > 0));
        catalogue.Select(ComponentCatalogue.Default).Should()
            .Contain(component => component.Init == "/sbin/init" && component.Shells.Contains("/bin/sh"));
    }

    public void Dispose() => temp.Dispose();

    ComponentCatalogue Catalogue => new(temp.Path);

    Func<object> Selecting(string name) => () => Catalogue.Select([name]);

    void Add(string name, string fields = "")
    {
        temp.Write($"{name}/build", Script);
        temp.Write($"{name}/component.json", $$"""
            {
              "description": "for tests",
              {{fields}}
              "source": {
                "name": "{{name}}", "version": "1.0", "released": "2024-02-29", "topFolder": "{{name}}-1.0",
                "fileName": "{{name}}-1.0.tar.gz", "size": 1, "sha256": "{{new string('a', 64)}}",
                "urls": [], "debianPool": null, "signature": null
              }
            }
            """);
    }
}

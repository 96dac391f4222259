using L4ReMusl.Tests.Support;

namespace Bootstrap.Tests;

/// <summary>
/// The package sources of a machine decide which engine is used, but whatever they have, lack or report, one is used.
/// </summary>
public sealed class PackageSourceTests : IDisposable
{
    const string Locked = "Locked.Package";

    readonly Repository repository = new();
    readonly TempFolder folder = new("packages ");
    readonly Dictionary<string, string> environment = [];

    public PackageSourceTests() => environment["NUGET_PACKAGES"] = folder["installed"]; // No package was ever fetched.

    PackageFeed Feed => new(folder["feed"]);

    public void Dispose()
    {
        repository.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("package", PackageFeed.Xml)]
    [InlineData("standin", Locked)]
    public void An_advisory_is_a_warning(string engine, string package)
    {
        using var advisories = PackageFeed.Advisories(package);
        Feed.AddNuke("10.1.0").Add(PackageFeed.Xml, "9.0.0").Add(PackageFeed.Xml, "9.0.23").Add(Locked, "1.0.0");
        repository.AddPackage(Locked, "1.0.0");
        environment["NUKE_ENGINE"] = engine;
        UseSources([Feed.Folder], advisories.Url + "index.json");

        using var run = Start();
        run.ExitCode.Should().Be(0, run.Errors);
        run.Output.Should().Contain("first|");
        run.Errors.Should().Contain($"build.sh: warning NU1903: Package '{package}'", Exactly.Once())
            .And.Contain("https://example.org/advisory-1");

        environment["GITHUB_ACTIONS"] = "true";
        repository.WriteBuild("second");
        using var onGitHub = Start();
        onGitHub.Errors.Should().Contain("::warning::NU1903: Package", Exactly.Once());

        repository.Forget();
        using var fromCache = Start();
        fromCache.HasCompiled.Should().BeFalse();
        fromCache.Errors.Should().Contain("::warning::NU1903: Package", Exactly.Once());
    }

    [Fact]
    public void The_package_that_Nuke_brings_with_advisories_is_replaced_by_a_fixed_one()
    {
        Feed.AddNuke("10.1.0").Add(PackageFeed.Xml, "9.0.0").Add(PackageFeed.Xml, "9.0.23");
        UseSources([Feed.Folder]);

        using var run = Start();

        run.Output.Should().Contain("first|", run.Errors);
        File.ReadAllText(repository.Locate("build/packages.package.lock.json")).Should()
            .Contain("\"resolved\": \"9.0.23\"").And.NotContain("\"resolved\": \"9.0.0\"");
    }

    [Fact]
    public void A_newer_engine_than_the_one_asked_for_is_used_with_a_warning()
    {
        Feed.AddNuke("10.1.1").Add(PackageFeed.Xml, "9.0.23");
        UseSources([Feed.Folder]);

        using var run = Start();

        run.Output.Should().Contain("first|", run.Errors);
        run.Errors.Should().Contain("Nuke.Common 10.1.1").And.NotContain("NukeStandIn");
    }

    [Theory]
    [InlineData("9.0.0", "lack System.Security.Cryptography.Xml (NU1102)")]
    [InlineData("9.0.30", "lack a good System.Security.Cryptography.Xml (NU1605)")]
    public void Where_what_the_engine_needs_is_missing_or_does_not_fit_the_stand_in_is_used(string xml, string said)
    {
        Feed.AddNuke("10.1.0", xml).Add(PackageFeed.Xml, xml);
        if (xml == "9.0.30")
            Feed.Add(PackageFeed.Xml, "9.0.23");
        UseSources([Feed.Folder]);

        using var run = Start();

        run.Output.Should().Contain("first|", run.Errors);
        run.Errors.Should().Contain(said).And.Contain("NUKE_ENGINE=package");
    }

    [Fact]
    public void Two_sources_are_as_good_as_one()
    {
        Feed.AddNuke("10.1.0").Add(PackageFeed.Xml, "9.0.23");
        UseSources([Feed.Folder, new PackageFeed(folder["other"]).Folder]);

        using var run = Start();

        run.Output.Should().Contain("first|", run.Errors);
    }

    [Fact]
    public void What_was_fetched_once_needs_no_source_again()
    {
        Feed.Add(Locked, "1.0.0");
        repository.AddPackage(Locked, "[1.0.0,2)");
        UseSources([Feed.Folder]);
        environment["NUKE_ENGINE"] = "standin";
        using var first = Start();
        first.Output.Should().Contain("first|", first.Errors);

        UseSources([LoopbackServer.ClosedUrl + "index.json"]);
        repository.WriteBuild("second");
        environment.Remove("NUKE_ENGINE");
        Directory.Delete(repository.Locate("build/obj"), recursive: true);
        using var second = Start();

        second.Output.Should().Contain("second|", second.Errors);
    }

    [Fact]
    public void Versions_that_the_sources_have_replace_the_locked_ones_that_they_lack()
    {
        Feed.Add(Locked, "1.0.0");
        repository.AddPackage(Locked, "[1.0.0,2)");
        UseSources([Feed.Folder]);
        environment["NUKE_ENGINE"] = "standin";
        using var first = Start();
        first.Output.Should().Contain("first|", first.Errors);
        var locked = File.ReadAllText(repository.Locate("build/packages.standin.lock.json"));

        environment["NUGET_PACKAGES"] = folder["installed elsewhere"];
        UseSources([new PackageFeed(folder["newer"]).Add(Locked, "1.5.0").Folder]);
        using var other = Start();

        other.Output.Should().Contain("first|", other.Errors);
        other.Errors.Should().Contain("the NuGet sources lack versions that the lock files pin");
        repository.Cache.Results.Should().ContainSingle("of the other one, the lock files do not say what it is");
        File.ReadAllText(repository.Locate("build/packages.standin.lock.json")).Should().Be(locked);
    }

    [Fact]
    public void A_source_that_does_not_answer_is_an_error_that_names_the_way_out()
    {
        UseSources([LoopbackServer.ClosedUrl + "index.json"]);

        using var run = Start();

        run.ExitCode.Should().NotBe(0);
        run.Errors.Should().Contain("NU1301").And.Contain("NUKE_ENGINE=standin").And.NotContain("using src/NukeStandIn");
        File.Exists(repository.Locate(".nuke/temp/engine.props")).Should().BeFalse();
    }

    [Fact]
    public void Sources_without_NUKE_are_a_reason_for_the_stand_in()
    {
        UseSources([Feed.Folder]);

        using var run = Start();

        run.ExitCode.Should().Be(0, run.Errors);
        run.Errors.Should().Contain("using src/NukeStandIn, because the NuGet sources lack Nuke.Common (NU1101)");
        File.ReadAllText(repository.Locate(".nuke/temp/engine.props")).Should().Contain("standin");
    }

    void UseSources(IReadOnlyList<string> sources, string? audit = null) =>
        repository.Write("nuget.config", PackageFeed.Configuration(sources, audit));

    Run Start() => Run.Start("./build.sh", repository.Root, environment);
}

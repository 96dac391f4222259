using L4ReMusl.Tests.Support;

namespace Bootstrap.Tests;

/// <summary>Which engine a fresh clone takes from the cache: the one that it would choose itself.</summary>
public sealed class CachedEngineTests : IDisposable
{
    readonly TempFolder temp = new("cache ");
    readonly Dictionary<string, string> environment;

    public CachedEngineTests()
    {
        environment = new()
        {
            ["NUKE_CACHE_FOLDER"] = temp["cache"],
            ["NUGET_PACKAGES"] = temp["installed"],
            ["DOTNET_CLI_HOME"] = temp.Path, // NuGet's settings of the user are there.
        };
        UseSources(new PackageFeed(temp["empty"]));
    }

    PackageFeed Nuke => new PackageFeed(temp["feed"]).AddNuke("10.1.0").Add(PackageFeed.Xml, "9.0.23");

    [Fact]
    public void Where_the_sources_lack_NUKE_it_is_the_stand_in_until_their_configuration_changes()
    {
        const string Said = "using src/NukeStandIn, because the NuGet sources lack Nuke.Common (NU1101)";
        using var first = StartInFreshClone();
        using var second = StartInFreshClone();
        first.Errors.Should().Contain(Said);
        second.Errors.Should().Contain(Said, "the user of the second clone may not know it yet");
        (first.HasCompiled, second.HasCompiled).Should().Be((true, false));

        UseSources(new PackageFeed(temp["empty"]), Nuke);
        using var third = StartInFreshClone();
        third.ExitCode.Should().Be(0, third.Errors);
        third.HasCompiled.Should().BeTrue();
        third.Errors.Should().NotContain("NukeStandIn");
    }

    [Fact]
    public void Each_engine_has_an_entry_and_a_forced_one_that_is_found_counts_for_others()
    {
        using var standIn = StartInFreshClone();
        environment["NUKE_ENGINE"] = "package";
        using var missing = StartInFreshClone();
        standIn.HasCompiled.Should().BeTrue();
        missing.ExitCode.Should().NotBe(0, "the entry of the stand-in is none of the package");

        foreach (var package in Directory.GetFiles(Nuke.Folder))
            File.Copy(package, temp["empty", Path.GetFileName(package)]);
        using var package1 = StartInFreshClone();
        using var package2 = StartInFreshClone();
        environment.Remove("NUKE_ENGINE");
        using var none = StartInFreshClone();
        environment["NUKE_ENGINE"] = "standin";
        using var standIn2 = StartInFreshClone();

        package1.ExitCode.Should().Be(0, package1.Errors);
        new[] { package1, package2, none, standIn2 }.Select(run => run.HasCompiled).Should().Equal(true, false, false, false);
        none.Errors.Should().NotContain("NukeStandIn");
        new CacheFolder(temp["cache"]).Results.Should().HaveCount(2);
    }

    public void Dispose() => temp.Dispose();

    void UseSources(params PackageFeed[] feeds) => temp.Write(
        ".nuget/NuGet/NuGet.Config", PackageFeed.Configuration(feeds.Select(feed => feed.Folder)));

    Run StartInFreshClone()
    {
        using var clone = new Repository();
        return Run.Start("./build.sh", clone.Root, environment).Finished();
    }
}

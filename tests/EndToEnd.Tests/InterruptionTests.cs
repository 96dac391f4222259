using System.Diagnostics;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Stages;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>A killed build leaves nothing that makes the next one fail, or that the next one considers finished.</summary>
public sealed class InterruptionTests : IDisposable
{
    const int Moments = 12;
    const string Source = "source-musl";

    readonly RepositoryCopy copy = new();
    readonly TempFolder cache = new("a cache ");

    public InterruptionTests() => RepositoryCopy.PrepareCache(cache.Path);

    [Fact]
    [Trait("Speed", "long")]
    public void Killed_at_any_moment_the_next_build_ends_with_the_same_bytes()
    {
        string[] command = ["LsbRoot", "--offline", "--architectures", Architecture];
        copy.WithOutput();
        Forget();
        var undisturbed = Stopwatch.StartNew();
        Program.Run(command).OrThrow("build");
        var duration = undisturbed.Elapsed;
        Forget();

        var killed = 0;
        for (var moment = 1; moment <= Moments; moment++)
        {
            var clock = Stopwatch.StartNew();
            if (Program.RunAndKill(() => clock.Elapsed > duration * moment / Moments, command))
                killed++;
            else
                Forget(); // Otherwise there would be nothing left to interrupt.
        }

        killed.Should().BePositive();
        ShouldHeal();
    }

    [Fact]
    public void Killed_in_any_stage_the_next_build_ends_with_the_same_bytes()
    {
        var interrupted = new List<string>();
        foreach (var (index, stage) in Stages.Index())
        {
            // From a stage that has just started to one that is nearly done.
            var patience = TimeSpan.FromMilliseconds(index * 17 % 100);
            Stopwatch? since = null;
            if (Program.RunAndKill(() => IsMaking(stage) && (since ??= Stopwatch.StartNew()).Elapsed >= patience, LsbRoot))
                interrupted.Add(stage);
        }

        interrupted.Should().HaveCountGreaterThan(Stages.Count / 2);
        ShouldHeal();
    }

    [Fact]
    public void Killed_while_compilers_run_the_next_build_ends_with_the_same_bytes_and_clears_what_they_left()
    {
        using var temp = new TempFolder();
        var log = new FileInfo(copy.Layout.Log($"compile-{Architecture}"));

        // A cache without compiled results.
        Program.RunAndKill(HasBegunToCompile, "Stage", "--architectures", Architecture, "--offline",
            "--mirrors", Path.Combine(BuildProgram.CacheFolder, "downloads"), "--cache-folder", temp["cache"]).Should().BeTrue();
        Directory.EnumerateFileSystemEntries(Path.Combine(copy.Layout.Output, ".scratch")).Should().NotBeEmpty();
        Directory.Exists(Path.Combine(copy.Layout.Output, "build", Architecture)).Should().BeFalse();
        ShouldHeal();

        bool HasBegunToCompile()
        {
            log.Refresh();
            return log.Exists && log.Length > 20_000;
        }
    }

    public void Dispose()
    {
        copy.Dispose();
        cache.Dispose();
    }

    // The stages really run: they don't come from the cache.
    BuildProgram Program => new(copy.Root)
    {
        Environment = new Dictionary<string, string> { ["NUKE_CACHE_FOLDER"] = cache.Path },
    };

    static string Architecture => RepositoryCopy.Architectures[^1];

    static IReadOnlyList<string> Stages =>
    [
        .. RepositoryCopy.Stages
            .Where(stage => stage == Source || stage.EndsWith($"-{Architecture}", StringComparison.Ordinal)),
    ];

    static string[] LsbRoot => ["LsbRoot", "--offline", "--architectures", .. RepositoryCopy.Architectures];

    ToolResult Build() => Program.Run(LsbRoot);

    // All but the source tree, which takes longest, and what compilers made; the test of single stages interrupts that one.
    void Forget()
    {
        RepositoryCopy.PrepareCache(cache.Path);
        foreach (var stage in RepositoryCopy.Stages.Where(stage => stage != Source))
            File.Delete(new StageFolders(copy.Layout.Output).StampOf(stage));
    }

    bool IsMaking(string stage) =>
        Directory.Exists(Scratch) && Directory.EnumerateFileSystemEntries(Scratch, $"{stage}.*").Any();

    string Scratch => new StageFolders(copy.Layout.Output).Scratch;

    void ShouldHeal()
    {
        var healed = Build();
        healed.Succeeded.Should().BeTrue(BuildProgram.Text(healed));
        copy.Describe().Should().Equal(RepositoryCopy.DescribeRepository());

        // Compilers that outlived their build may have kept the next one from cleaning up.
        Build().Succeeded.Should().BeTrue();
        Directory.EnumerateFileSystemEntries(Scratch).Should().BeEmpty();
    }
}

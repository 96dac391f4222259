using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Stages;
using L4ReMusl.Tests.Support;
using Serilog;

namespace L4ReMusl.Tests.Stages;

public sealed class StageMakerTests : IDisposable
{
    readonly TempFolder temp = new();
    readonly StageFolders folders;
    readonly StageMaker maker;

    public StageMakerTests()
    {
        folders = new StageFolders(temp["out"]);
        maker = new StageMaker(folders, Caches.In(temp["cache"]), Tools.Jobs, Log.Logger);
    }

    public void Dispose() => temp.Dispose();

    [Fact]
    public void A_stage_runs_once_and_is_up_to_date_afterwards_with_the_same_figures()
    {
        var stage = new CopyStage(temp["out/result"]);

        var first = maker.Make(stage);
        var second = maker.Make(stage);

        first.Outcome.Should().Be(StageOutcome.Made);
        second.Outcome.Should().Be(StageOutcome.UpToDate);
        second.Figures.Should().Equal(first.Figures);
        stage.Runs.Should().Be(1);
    }

    [Fact]
    public void A_changed_input_runs_the_stage_again_and_is_named_as_the_reason()
    {
        maker.Make(new CopyStage(temp["out/result"]) { Text = "one" });
        var changed = new CopyStage(temp["out/result"]) { Text = "two" };

        maker.ReasonToRun(changed).Should().Contain("text");
        maker.Make(changed).Outcome.Should().Be(StageOutcome.Made);

        File.ReadAllText(temp["out/result/file"]).Should().Be("two");
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("edit")]
    [InlineData("add")]
    [InlineData("mode")]
    public void A_result_that_somebody_changed_is_made_again(string how)
    {
        var stage = new CopyStage(temp["out/result"]);
        maker.Make(stage);

        switch (how)
        {
            case "delete": File.Delete(temp["out/result/file"]); break;
            case "edit": File.AppendAllText(temp["out/result/file"], "!"); break;
            case "add": File.WriteAllText(temp["out/result/stray"], ""); break;
            default: File.SetUnixFileMode(temp["out/result/file"], UnixFileMode.UserRead); break;
        }

        maker.Make(stage).Outcome.Should().Be(StageOutcome.Made);
        Directory.GetFiles(temp["out/result"]).Should().ContainSingle();
        File.ReadAllText(temp["out/result/file"]).Should().Be(stage.Text);
    }

    [Fact]
    public void A_result_without_a_stamp_is_never_trusted()
    {
        var stage = new CopyStage(temp["out/result"]);
        Directory.CreateDirectory(stage.Output);
        File.WriteAllText(temp["out/result/file"], "half-made");

        maker.Make(stage).Outcome.Should().Be(StageOutcome.Made);

        File.ReadAllText(temp["out/result/file"]).Should().Be(stage.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"Inputs\":null}")]
    public void A_damaged_stamp_counts_as_none(string stamp)
    {
        var stage = new CopyStage(temp["out/result"]);
        maker.Make(stage);
        File.WriteAllText(folders.StampOf(stage.Name), stamp);

        maker.Make(stage).Outcome.Should().Be(StageOutcome.Made);
    }

    [Fact]
    public void A_failing_stage_leaves_the_old_result_alone_and_nothing_half_made()
    {
        maker.Make(new CopyStage(temp["out/result"]) { Text = "good" });

        var run = () => maker.Make(new CopyStage(temp["out/result"]) { Text = "bad", Fails = true });

        run.Should().Throw<BuildException>();
        File.ReadAllText(temp["out/result/file"]).Should().Be("good");
        Directory.GetFileSystemEntries(folders.Scratch).Should().BeEmpty();
    }

    [Fact]
    public void A_cacheable_result_is_restored_in_another_clone_without_running()
    {
        maker.Make(new CopyStage(temp["out/result"]) { IsCacheable = true });
        var other = new StageMaker(new StageFolders(temp["other/out"]), Caches.In(temp["cache"]), Tools.Jobs, Log.Logger);
        var stage = new CopyStage(temp["other/out/result"]) { IsCacheable = true };

        other.Make(stage).Outcome.Should().Be(StageOutcome.FromCache);

        stage.Runs.Should().Be(0);
        File.ReadAllText(temp["other/out/result/file"]).Should().Be(stage.Text);
    }

    [Theory]
    [InlineData(true, StageOutcome.FromCache)]
    [InlineData(false, StageOutcome.Made)]
    public void A_build_with_changed_code_uses_only_results_that_outlive_it(bool outlivesCode, StageOutcome outcome)
    {
        maker.Make(new CopyStage(temp["out/result"]) { IsCacheable = true, OutlivesCode = outlivesCode });
        var other = new StageMaker(new StageFolders(temp["other/out"]), Caches.In(temp["cache"]), Tools.Jobs, Log.Logger)
        {
            Code = "changed",
        };

        other.Make(new CopyStage(temp["other/out/result"]) { IsCacheable = true, OutlivesCode = outlivesCode })
            .Outcome.Should().Be(outcome);
    }

    [Fact]
    public void A_damaged_cache_entry_is_not_used()
    {
        maker.Make(new CopyStage(temp["out/result"]) { IsCacheable = true });
        foreach (var file in Directory.GetFiles(temp["cache"]))
            File.WriteAllText(file, "damaged");
        var other = new StageMaker(new StageFolders(temp["other/out"]), Caches.In(temp["cache"]), Tools.Jobs, Log.Logger);
        var stage = new CopyStage(temp["other/out/result"]) { IsCacheable = true };

        other.Make(stage).Outcome.Should().Be(StageOutcome.Made);

        File.ReadAllText(temp["other/out/result/file"]).Should().Be(stage.Text);
    }

    [Fact]
    public void What_killed_builds_left_is_removed()
    {
        var left = folders.NewScratch("compile");
        Directory.CreateDirectory(Path.Combine(left, "obj"));

        folders.DiscardAll();

        Directory.GetFileSystemEntries(folders.Scratch).Should().BeEmpty();
    }

    sealed class CopyStage(string output) : IStage
    {
        public string Text { get; init; } = "content";

        public bool Fails { get; init; }

        public int Runs { get; private set; }

        public string Name => "copy";

        public string Output => output;

        public bool IsCacheable { get; init; }

        public bool OutlivesCode { get; init; }

        public Fingerprint Inputs => new(("text", Text), ("recipe", "1"));

        public IReadOnlyList<Figure> Make(string scratch)
        {
            Runs++;
            Directory.CreateDirectory(scratch);
            File.WriteAllText(Path.Combine(scratch, "file"), Text);
            return Fails ? throw new BuildException("this stage fails") : [new Figure("files", "1")];
        }
    }
}

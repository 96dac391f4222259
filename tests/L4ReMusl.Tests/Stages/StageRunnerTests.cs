using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Stages;
using L4ReMusl.Tests.Support;
using Serilog;

namespace L4ReMusl.Tests.Stages;

public sealed class StageRunnerTests : IDisposable
{
    readonly TempFolder temp = new();
    readonly List<string> events = [];

    public void Dispose() => temp.Dispose();

    [Fact]
    public void What_a_stage_needs_runs_first_and_each_stage_once()
    {
        var source = Named("source");
        var (one, other) = (Named("one", source), Named("other", source));

        using var runner = Runner();
        runner.Run([Named("root", one, other), one]);

        events.Should().Equal("source", "one", "other", "root");
    }

    [Fact]
    public void A_changed_input_runs_all_that_depends_on_it_again()
    {
        RunOnce(Named("root", Named("prefix", Named("source"))));
        events.Clear();

        var changed = Named("prefix", Named("source") with { Input = "changed" });
        using var runner = Runner();

        runner.ReasonToRun(changed).Should().Be("changed: source");
        runner.Run(Named("root", changed));
        events.Should().Equal("source", "prefix", "root");
    }

    [Fact]
    public void Nothing_runs_twice_when_nothing_has_changed()
    {
        RunOnce(Named("root", Named("source")));
        events.Clear();

        using var runner = Runner();

        runner.ReasonToRun(Named("root", Named("source"))).Should().BeNull();
        runner.Run(Named("root", Named("source"))).Outcome.Should().Be(StageOutcome.UpToDate);
        events.Should().BeEmpty();
    }

    [Fact]
    public void What_only_the_outside_world_knows_is_settled_before_the_inputs_are_asked_for()
    {
        var kernel = new KernelLike(temp["out/kernel"]);
        using var runner = Runner();

        FluentActions.Invoking(() => runner.ReasonToRun(kernel)).Should().NotThrow("a result that is not there is reason enough");
        runner.Run(kernel).Outcome.Should().Be(StageOutcome.Made);

        kernel.Version.Should().Be("6.1");
    }

    [Fact]
    public void What_its_inputs_cannot_tell_runs_each_time_and_says_why()
    {
        var stage = Named("images") with { Always = "only the tree knows" };
        RunOnce(stage);
        RunOnce(stage);

        using var runner = Runner();

        events.Should().Equal("images", "images");
        runner.ReasonToRun(stage).Should().Be("only the tree knows");
    }

    [Fact]
    public void A_stage_whose_need_fails_does_not_run()
    {
        using var runner = Runner();

        runner.Invoking(r => r.Run(Named("root", Named("source") with { Fails = true }))).Should().Throw<BuildException>();

        events.Should().Equal("source");
    }

    [Fact]
    public void Two_inputs_of_one_name_are_an_error() =>
        FluentActions.Invoking(() => new Fingerprint(("flags", "-O2"), ("flags", "-g")))
            .Should().Throw<ArgumentException>().WithMessage("*'flags'*");

    Recorded Named(string name, params IStage[] needs) => new(name, temp["out", name], events) { Needs = needs };

    void RunOnce(IStage stage)
    {
        using var runner = Runner();
        runner.Run(stage);
    }

    StageRunner Runner()
    {
        var folders = new StageFolders(temp["out"]);
        var maker = new StageMaker(folders, Caches.In(temp["cache"]), Log.Logger);
        return new StageRunner(maker, folders, Log.Logger);
    }

    sealed record Recorded(string Name, string Output, List<string> Events) : IStage
    {
        public required IReadOnlyList<IStage> Needs { get; init; }

        public string Input { get; init; } = "";

        public string? Always { get; init; }

        public bool Fails { get; init; }

        public string? ReasonToRunAlways => Always;

        public Fingerprint Inputs => new([("input", Input), .. Needs.Select(need => (need.Name, need.Inputs.Digest))]);

        public IReadOnlyList<Figure> Make(string scratch)
        {
            Events.Add(Name);
            File.WriteAllText(scratch, Input);
            return Fails ? throw new BuildException("this stage fails") : [];
        }
    }

    sealed class KernelLike(string output) : Stage
    {
        public string? Version { get; private set; }

        public override string Name => "kernel";

        public override string Output => output;

        protected override IEnumerable<(string Name, string Value)> OwnInputs =>
            [("version", Version ?? throw new BuildException("the kernel was not fetched yet"))];

        public override void Prepare() => Version = "6.1";

        public override IReadOnlyList<Figure> Make(string scratch)
        {
            File.WriteAllText(scratch, Version);
            return [];
        }
    }
}

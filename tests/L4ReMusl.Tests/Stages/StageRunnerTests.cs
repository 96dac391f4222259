using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
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

        events.Should().HaveCount(4).And.StartWith("source").And.Contain(["one", "other"]).And.EndWith("root");
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
    public void Stages_that_do_not_need_each_other_run_at_the_same_time()
    {
        using var both = new Barrier(2);
        void Meet() => both.SignalAndWait(TimeSpan.FromSeconds(20)).Should().BeTrue();
        using var runner = Runner(jobs: 2);

        runner.Run([Named("arm") with { Work = Meet }, Named("arm64") with { Work = Meet }]);
    }

    [Fact]
    public void No_more_stages_than_jobs_run_at_the_same_time()
    {
        var (now, most) = (0, 0);
        void Count()
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            Thread.Sleep(50);
            Interlocked.Decrement(ref now);
        }

        using var runner = Runner(jobs: 2);
        runner.Run([.. Enumerable.Range(0, 6).Select(number => Named($"{number}") with { Work = Count })]);

        most.Should().BeLessThanOrEqualTo(2);
    }

    [Fact]
    public void What_does_not_need_a_stage_that_failed_can_be_finished()
    {
        using var runner = Runner();
        runner.Start([Named("root", Named("source") with { Fails = true }), Named("other", Named("musl"))]);
        runner.Finish(all: true);

        events.Should().BeEquivalentTo("source", "musl", "other");
    }

    [Fact]
    public void What_has_not_begun_can_be_left_out()
    {
        using var begun = new ManualResetEventSlim();
        using var runner = Runner();
        runner.Start([Named("late", Named("early") with { Work = () => { begun.Set(); Thread.Sleep(100); } })]);
        begun.Wait();

        runner.Finish(all: false);

        events.Should().Equal("early");
    }

    [Fact]
    public void Nobody_reads_a_result_while_another_stage_adds_to_it()
    {
        var prefix = Named("prefix") with { Annex = "documents" };
        var documents = new Recorded("sbom", temp["out/prefix/documents"], events) { Needs = [prefix] };
        var isRead = false;
        void Read()
        {
            isRead = true;
            Thread.Sleep(100);
            isRead = false;
        }

        using var runner = Runner(jobs: 4);
        runner.Start([Named("root", Named("component", prefix) with { Work = Read }), documents with
        {
            Work = () => isRead.Should().BeFalse(),
        }]);
        runner.Run(Named("package", prefix) with { Work = Read });
        runner.Finish(all: true);

        events.Should().StartWith(["prefix", "sbom"]);
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

    StageRunner Runner(int jobs = 1)
    {
        var folders = new StageFolders(temp["out"]);
        var server = new JobServer(jobs, temp[$"jobs {Path.GetRandomFileName()}"]);
        var maker = new StageMaker(folders, Caches.In(temp["cache"]), server, Log.Logger);
        return new StageRunner(maker, folders, Log.Logger);
    }

    sealed record Recorded(string Name, string Output, List<string> Events) : IStage
    {
        public required IReadOnlyList<IStage> Needs { get; init; }

        public string Input { get; init; } = "";

        public string? Always { get; init; }

        public bool Fails { get; init; }

        public string? Annex { get; init; }

        public Action Work { get; init; } = () => { };

        public string? ReasonToRunAlways => Always;

        public Fingerprint Inputs => new([("input", Input), .. Needs.Select(need => (need.Name, need.Inputs.Digest))]);

        public IReadOnlyList<Figure> Make(string scratch)
        {
            lock (Events)
                Events.Add(Name);
            Work();
            if (Annex is null)
                File.WriteAllText(scratch, Input);
            else
                Directory.CreateDirectory(scratch);
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

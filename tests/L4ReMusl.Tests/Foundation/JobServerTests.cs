using L4ReMusl.Foundation.Processes;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Foundation;

public sealed class JobServerTests : IDisposable
{
    const int Jobs = 3;

    readonly TempFolder temp = new();
    readonly JobServer server;
    readonly ToolRunner tools;

    public JobServerTests()
    {
        server = new JobServer(Jobs, temp["a folder/jobs"]);
        tools = new ToolRunner(ToolEnvironment.FromHost(), server);
        // Each job notes its beginning and its end.
        File.WriteAllText(temp["Makefile"], """
            all: $(addprefix job-,1 2 3 4 5 6 7 8)
            job-%:
            \t@echo + >> log; sleep 0.1; echo - >> log
            """.Replace("\\t", "\t", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        server.Dispose();
        temp.Dispose();
    }

    [Fact]
    public void Several_makes_together_run_as_many_jobs_as_are_allowed()
    {
        Parallel.For(0, 3, _ => Make());

        MostAtOnce().Should().Be(Jobs);
    }

    [Fact]
    public void One_make_gets_all_the_jobs()
    {
        Make();

        MostAtOnce().Should().Be(Jobs);
    }

    [Fact]
    public async Task Whoever_finds_no_token_waits_for_one()
    {
        var taken = Enumerable.Range(0, Jobs).Select(_ => server.Take()).ToList();
        var next = Task.Run(server.Take);

        await Task.Delay(200);
        next.IsCompleted.Should().BeFalse();
        taken[0].Dispose();
        await next.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void The_tokens_of_a_killed_make_come_back()
    {
        File.WriteAllText(temp["Makefile"], "all: a b c\na b c:\n\tsleep 60\n");
        for (var i = 0; i < 3; i++)
        {
            using (server.Take())
                tools.RunWithin(Call with { Timeout = TimeSpan.FromMilliseconds(500) }, _ => { });
        }

        Enumerable.Range(0, Jobs).Select(_ => server.Take()).Should().HaveCount(Jobs);
    }

    [Fact]
    public void Nothing_is_left_of_it()
    {
        server.Take().Dispose();
        server.Dispose();

        Directory.EnumerateFileSystemEntries(temp["a folder"]).Should().BeEmpty();
    }

    [Fact]
    public async Task Programs_that_run_end_with_the_build()
    {
        var sleep = Task.Run(() => tools.Run(new ToolInvocation("sh", "-c", "sleep 60; true")));
        await Task.Delay(500);

        tools.Stop();

        var ending = () => sleep.WaitAsync(TimeSpan.FromSeconds(10));
        await ending.Should().ThrowAsync<BuildException>().WithMessage("*stopped*");
        tools.Invoking(t => t.Run(new ToolInvocation("sleep", "60"))).Should().Throw<BuildException>();
    }

    ToolInvocation Call => new("make") { WorkingDirectory = temp.Path, SharesJobs = true };

    void Make()
    {
        using (server.Take())
            tools.Run(Call).Output.Should().NotContain("jobserver");
    }

    int MostAtOnce()
    {
        var (now, most) = (0, 0);
        foreach (var line in File.ReadLines(temp["log"]))
        {
            now += line == "+" ? 1 : -1;
            most = Math.Max(most, now);
        }

        return most;
    }
}

using L4ReMusl.Goals;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Goals;

public sealed class TestResultsTests : IDisposable
{
    readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public void The_results_of_all_projects_count_and_the_slowest_tests_come_first()
    {
        Write("one", passed: 2, failed: 1, ("fast", "00:00:00.1"), ("slow", "00:01:02.5"));
        Write("other", passed: 10, failed: 0, [.. Enumerable.Range(1, 10).Select(i => ($"test {i}", $"00:00:{i:00}"))]);

        var results = TestResults.Read(temp.Path);

        (results.Passed, results.Failed, results.Skipped).Should().Be((12, 1, 0));
        results.Slowest.Should().HaveCount(10);
        results.Slowest[0].Should().Be(("slow", TimeSpan.FromSeconds(62.5)));
        results.Slowest[^1].Name.Should().Be("test 2");
    }

    void Write(string name, int passed, int failed, params (string Name, string Duration)[] tests) =>
        File.WriteAllText(temp[$"{name}.trx"], $"""
            <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
              <Results>
                {string.Concat(tests.Select(test => $"<UnitTestResult testName='{test.Name}' duration='{test.Duration}' />"))}
                <UnitTestResult testName="not run" />
              </Results>
              <ResultSummary><Counters total="{passed + failed}" executed="{passed + failed}" passed="{passed}" /></ResultSummary>
            </TestRun>
            """);
}

using L4ReMusl.CommandLine;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Layout;

namespace L4ReMusl.Goals;

/// <summary>Runs the project's own tests.</summary>
/// <param name="layout">Where the tests are.</param>
/// <param name="runner">Runs <c>dotnet test</c>.</param>
/// <param name="writer">Shows its output.</param>
public sealed class TestRun(BuildLayout layout, ToolRunner runner, TextWriter writer)
{
    /// <summary>Runs tests, and writes a result file per test project to <see cref="BuildLayout.Reports"/>.</summary>
    /// <exception cref="BuildException">A test failed, or none ran.</exception>
    public TestResults Run(TestScope scope)
    {
        var reports = layout.Reports;
        FileTree.Delete(reports);
        var invocation = new ToolInvocation(
            Environment.ProcessPath!,
            [
                // The analyzers look at the code, not at what it does; a plain 'dotnet build' runs them.
                "test", scope.Path, "--configuration", "Release", "--nologo", "-nodeReuse:false", "-p:RunAnalyzers=false",
                "--logger", "trx", "--results-directory", reports, .. scope.Options,
            ])
        {
            WorkingDirectory = Path.Combine(layout.Root, "tests"),
            Environment = HostVariables.For(layout.CacheFolder), // Builds of copies use this build's cache.
        };
        var result = runner.Run(invocation, writer.WriteLine);
        Announce(reports);
        var results = Directory.Exists(reports) ? TestResults.Read(reports) : new TestResults(0, 0, 0, []);
        if (!result.Succeeded || results.Failed > 0)
        {
            throw new BuildException(
                $"{results.Failed} tests failed, {results.Passed} passed; the details are above and in '{reports}'.");
        }

        return results.Passed > 0 ? results : throw new BuildException("No test ran: 'dotnet test' found none.");
    }

    // Azure Pipelines shows them on the page of the run (logging command "results.publish"); others ignore this.
    void Announce(string reports)
    {
        if (CiSystem.IsAzure(Environment.GetEnvironmentVariable) && Directory.Exists(reports))
        {
            var files = string.Join(',', Directory.GetFiles(reports, "*.trx"));
            writer.WriteLine($"##vso[results.publish type=VSTest;mergeResults=true;runTitle=l4re-musl;resultFiles={files}]");
        }
    }
}

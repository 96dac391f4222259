using System.Text.RegularExpressions;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>The committed files for CI systems, and the log formats for them.</summary>
public sealed class CiFilesTests(RepositoryCopy copy) : IClassFixture<RepositoryCopy>
{
    const string GitHub = ".github/workflows/ci.yml", Release = ".github/workflows/release.yml", Azure = "azure-pipelines.yml";

    // The public schema of workflows, in a validator that people use.
    static readonly NpmPackage Validator = new(
        "@action-validator/core", "0.6.0", "a48f55be8d76a1d0e66dd9bbdfdd583c09e2bd5110539f1b4cd9512d442843bd");

    [Theory]
    [InlineData(GitHub, "GitHubActions_ci")]
    [InlineData(Release, "GitHubActions_release")]
    [InlineData(Azure, "AzurePipelines")]
    public void It_is_what_the_attributes_of_the_build_describe(string file, string id)
    {
        using var edited = new RepositoryCopy();
        File.WriteAllText(edited[file], "edited by hand");

        edited.Program.Run("--generate-configuration", id, "--host", id.Split('_')[0]).OrThrow("generate it");

        File.ReadAllText(edited[file]).Should().Be(File.ReadAllText(copy[file]));
        File.ReadAllText(copy[file]).Should().StartWith("# ----").And.Contain("(AutoGenerate = false)");
    }

    [Fact]
    public void An_unknown_file_is_an_error_that_names_the_known_ones()
    {
        var failed = copy.Program.Run("--generate-configuration", "TeamCity", "--host", "GitHubActions");

        failed.ExitCode.Should().NotBe(0);
        BuildProgram.Text(failed).Should().Contain("GitHubActions_ci, GitHubActions_release, AzurePipelines");
    }

    [Theory]
    [InlineData(GitHub, "LsbRoot", "SmokeTest", "RustTest", "Pack", "Test")]
    [InlineData(Azure, "LsbRoot", "SmokeTest", "RustTest", "Pack", "Test")]
    public void Its_commands_are_understood_and_run_the_whole_chain(string file, params string[] targets)
    {
        var commands = CommandsIn(file);

        foreach (var command in commands)
        {
            var plan = copy.Program.Run([.. command, "--plan"]);
            plan.ExitCode.Should().Be(0, BuildProgram.Text(plan));
        }

        commands.SelectMany(command => command).Should().Contain(targets);
    }

    [Fact]
    public void A_tag_is_released_with_all_flavours_and_the_permission_to_do_so()
    {
        var workflow = Parse(Release);

        CommandsIn(Release).Should().ContainSingle().Which.Should().StartWith("Publish")
            .And.Contain(["linux", "l4re", "c++", "--debug-symbols", "--kernel-headers"]);
        workflow["on"]["push"]["tags"].ToString().Should().Contain("v*");
        workflow["permissions"]["contents"].ToString().Should().Be("write");
        Scalars(workflow).Should().Contain("${{ secrets.L4RE_MUSL_SIGNING_KEY }}");
    }

    [Theory]
    [InlineData(GitHub)]
    [InlineData(Azure)]
    public void It_publishes_packs_logs_and_reports_and_no_folder_that_loses_modes(string file) =>
        Scalars(Parse(file)).Should().Contain(["out/pack", "out/logs", "out/reports"]).And.NotContain("out/musl");

    [Fact]
    public void A_cache_of_another_state_is_restored()
    {
        foreach (var job in ((YamlMappingNode)Parse(GitHub)["jobs"]).Children)
        {
            var cache = Steps((YamlMappingNode)job.Value)
                .Single(step => Scalars(step).Any(text => text.StartsWith("actions/cache@", StringComparison.Ordinal)));

            cache["with"]["key"].ToString().Should().StartWith("${{ runner.os }}-${{ github.job }}-");
            cache["with"]["restore-keys"].ToString().Split('\n').Should()
                .StartWith(["${{ runner.os }}-${{ github.job }}-", "${{ runner.os }}-"]);
        }

        Scalars(Parse(Azure)).Should().Contain("$(Agent.OS) | cache-l4re-musl");
    }

    [Fact]
    public void GitHubs_file_follows_the_schema_and_a_mistake_does_not()
    {
        using var temp = new TempFolder();
        var text = File.ReadAllText(copy[GitHub]);

        Validate(text).Should().Be("[]");
        Validate(File.ReadAllText(copy[Release])).Should().Be("[]");
        Validate(text.Replace("runs-on:", "run-on:", StringComparison.Ordinal)).Should().Contain("run-on");
        Validate(text.Replace("timeout-minutes: 60", "timeout-minutes: soon", StringComparison.Ordinal)).Should().NotBe("[]");

        string Validate(string workflow) => Tools.OfHost.Run(new ToolInvocation(
            "node",
            "-e",
            """
            const { validateWorkflow } = require(process.argv[1] + '/action_validator.js');
            const text = require('fs').readFileSync(process.argv[2], 'utf8');
            console.log(JSON.stringify(validateWorkflow(text).errors));
            """,
            Validator.Folder,
            temp.Write("workflow.yml", workflow))).OrThrow("validate the workflow").Output.Trim();
    }

    [Fact]
    public void GitHub_runs_a_job_per_architecture_and_the_tests_and_publishes_even_after_a_failure()
    {
        var workflow = Parse(GitHub);
        var jobs = ((YamlMappingNode)workflow["jobs"]).Children;

        Scalars(workflow["on"]).Should().Contain(["push", "pull_request"]);
        jobs.Keys.Select(name => name.ToString()).Should().Equal([.. ArchitectureCatalogue.All.Select(one => one.Name), "test"]);
        var uploads = jobs.Values.Cast<YamlMappingNode>().SelectMany(Steps)
            .Where(step => Scalars(step).Any(text => text.StartsWith("actions/upload-artifact@", StringComparison.Ordinal)))
            .ToList();
        uploads.Should().NotBeEmpty().And.OnlyContain(step => step["if"].ToString() == "always()");
        uploads.Select(step => step["with"]["name"].ToString()).Should().OnlyHaveUniqueItems("a run has one place for all");
    }

    [Fact]
    public void Azures_jobs_depend_on_no_other_because_results_stay_on_an_agent()
    {
        var stage = ((YamlSequenceNode)Parse(Azure)["stages"]).Children.Should().ContainSingle().Subject;
        var jobs = ((YamlSequenceNode)stage["jobs"]).Cast<YamlMappingNode>().ToList();

        jobs.Select(job => job["job"].ToString()).Should().Equal("SmokeTest", "Pack", "Test");
        jobs.Should().OnlyContain(job => !((YamlSequenceNode)job["dependsOn"]).Any());
        jobs.SelectMany(Steps).Select(step => step["task"].ToString()).Distinct()
            .Should().BeEquivalentTo("Cache@2", "CmdLine@2", "PublishBuildArtifacts@1");
    }

    [Theory]
    [InlineData("GITHUB_ACTIONS", "true", "::group::ListPatches", "::endgroup::")]
    [InlineData("TF_BUILD", "True", "##[group]ListPatches", "##[endgroup]")]
    public void The_log_is_grouped_by_target_in_the_format_of_the_system(string variable, string value, string begin, string end)
    {
        var lines = RunOn(variable, value, "ListPatches");

        lines.Should().ContainSingle(line => line == begin);
        lines.Should().ContainSingle(line => line.StartsWith(end, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GITHUB_ACTIONS", "true", "^::error::")]
    [InlineData("TF_BUILD", "True", @"^##vso\[task\.logissue type=error;?\]")]
    public void A_failure_is_annotated_in_the_format_of_the_system(string variable, string value, string annotation)
    {
        using var cache = new TempFolder();

        RunOn(variable, value, "FetchMusl", "--offline", "--cache-folder", cache.Path)
            .Should().Contain(line => Regex.IsMatch(line, annotation));
    }

    [Fact]
    public void The_summary_page_has_the_figures_of_targets_and_why_one_failed()
    {
        using var temp = new TempFolder();
        var page = temp.Write("summary.md", "### Another step\n\n");
        var program = new BuildProgram(copy.Root)
        {
            Environment = new Dictionary<string, string> { ["GITHUB_ACTIONS"] = "true", ["GITHUB_STEP_SUMMARY"] = page },
        };

        program.Run("FetchMusl").OrThrow("fetch");
        program.Run("FetchMusl", "--offline", "--cache-folder", temp["cache"]).Succeeded.Should().BeFalse();

        File.ReadAllText(page).Should().StartWith("### Another step\n\n### Provision\n\n| | |\n|---|---|\n| tools | ")
            .And.Contain("\n### FetchMusl\n\n| | |\n|---|---|\n| version | 1.2.5 |\n")
            .And.MatchRegex(@"### FetchMusl failed\n\n````text\n.*is not in the cache, and the build is offline");
    }

    [Fact]
    public void Azure_is_told_where_the_summary_page_is()
    {
        var told = RunOn("TF_BUILD", "True", "FetchMusl").Single(line => line.StartsWith("##vso[task.uploadsummary]"));

        File.ReadAllText(told["##vso[task.uploadsummary]".Length..]).Should()
            .StartWith("### Provision").And.Contain("### FetchMusl").And.Contain("| version |");
    }

    [Fact]
    public void A_local_run_leaves_the_files_unchanged()
    {
        using var edited = new RepositoryCopy();
        foreach (var file in (string[])[GitHub, Release, Azure])
            File.AppendAllText(edited[file], "# edited by hand\n");

        edited.Program.Run("ListPatches").Succeeded.Should().BeTrue();

        foreach (var file in (string[])[GitHub, Release, Azure])
            File.ReadAllText(edited[file]).Should().Be(File.ReadAllText(copy[file]) + "# edited by hand\n");
    }

    string[] RunOn(string variable, string value, params string[] arguments) => BuildProgram.Text(new BuildProgram(copy.Root)
    {
        Environment = new Dictionary<string, string> { [variable] = value },
    }.Run(arguments)).Split('\n');

    // Without "./build.cmd".
    List<string[]> CommandsIn(string file) =>
    [
        .. Scalars(Parse(file)).Where(text => text.StartsWith("./build.cmd ", StringComparison.Ordinal))
            .Select(text => text.Split(' ')[1..]),
    ];

    YamlMappingNode Parse(string file)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(copy[file])));
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }

    static IEnumerable<YamlMappingNode> Steps(YamlMappingNode job) => ((YamlSequenceNode)job["steps"]).Cast<YamlMappingNode>();

    static IEnumerable<string> Scalars(YamlNode node) =>
        node.AllNodes.OfType<YamlScalarNode>().Select(scalar => scalar.Value ?? "");
}

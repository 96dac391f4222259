using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using L4ReMusl.Settings;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>Values from the command line, the environment, and files. None is silently ignored.</summary>
public sealed partial class InputTests(RepositoryCopy copy) : IClassFixture<RepositoryCopy>
{
    [Theory]
    [InlineData("NUKE_OFFLINE", "maybe", "NUKE_OFFLINE can't be 'maybe'", "true, yes, on, 1; false, no, off, 0")]
    [InlineData("NUKE_UPDATE_KERNELS", "2", "NUKE_UPDATE_KERNELS can't be '2'", "true, yes, on, 1; false, no, off, 0")]
    [InlineData("NUKE_ARCHITECTURES", "arm mips", "NUKE_ARCHITECTURES can't be 'mips'", "arm, arm64")]
    [InlineData("NUKE_JOBS", "many", "NUKE_JOBS can't be 'many'", "a whole number from 1 to 1024")]
    [InlineData("NUKE_SMOKE_LEVEL", "4", "NUKE_SMOKE_LEVEL can't be '4'", "1, 2, 3, l4re")]
    [InlineData("NUKE_VERBOSITY", "loud", "NUKE_VERBOSITY can't be 'loud'", "Quiet")]
    [InlineData("NUKE_HOST", "Jupiter", "NUKE_HOST can't be 'Jupiter'", "GitHubActions")]
    [InlineData("NUKE_TARGET", "LsbRot", "NUKE_TARGET: There is no target 'LsbRot'", "Did you mean 'LsbRoot'?")]
    [InlineData("NUKE_SKIP", "Patch Stage", "NUKE_SKIP: There is no target 'Patch Stage'")]
    [InlineData("NUKE_OFLINE", "1", "NUKE_OFLINE is not a parameter of this build", "Did you mean 'NUKE_OFFLINE'?")]
    [InlineData("NUKE_ROOT", "/nope", "'/nope', named as the repository", "--root")]
    [InlineData("NUKE_CACHEFOLDER", "/tmp", "NUKE_CACHEFOLDER and NUKE_CACHE_FOLDER are the same parameter")]
    public void A_wrong_variable_is_one_sentence(string variable, string value, params string[] told) =>
        Refuses(copy, new() { [variable] = value }, told);

    [Theory]
    [InlineData("1", true)]
    [InlineData("yes", true)]
    [InlineData("On", true)]
    [InlineData("0", false)]
    [InlineData("no", false)]
    [InlineData("", false)]
    public void A_flag_in_the_environment_takes_what_everybody_takes_for_true_and_false(string value, bool isOffline)
    {
        // The one parameter that --offline must not be combined with shows whether it was understood.
        var result = With(copy, new() { ["NUKE_OFFLINE"] = value }).Run("Image", "--update-kernels", "--plan");

        BuildProgram.Text(result).Contains("--offline forbids", StringComparison.Ordinal)
            .Should().Be(isOffline, BuildProgram.Text(result));
        result.Succeeded.Should().Be(!isOffline);
    }

    [Theory]
    [InlineData("""{ "Offline": "yes" }""", "\"Offline\" in ", "must be true or false, without quotes")]
    [InlineData("""{ "Architectures": "arm64 arm" }""", "must be a list, such as [\"arm64\", \"arm\"]")]
    [InlineData("""{ "Architectures": ["mips"] }""", "can't be 'mips'", "arm, arm64")]
    [InlineData("""{ "Architectures": [64] }""", "strings in quotes, and 64 is not one")]
    [InlineData("""{ "Target": "Image" }""", "must be a list, such as [\"Image\"]")]
    [InlineData("""{ "Target": ["Imago"] }""", "no target 'Imago'", "Did you mean 'Image'?")]
    [InlineData("""{ "jobs": "3" }""", "\"jobs\" in ", "is not a parameter", "Did you mean 'Jobs'?")]
    [InlineData("""{ "Jobs": 3 }""", "must be in quotes, such as \"3\"")]
    [InlineData("""{ "Jobs": "many" }""", "can't be 'many'", "a whole number from 1 to 1024")]
    [InlineData("""{ "Jobs": "3", "Jobs": "4" }""", "has the key \"Jobs\" 2 times")]
    [InlineData("""{ "Host": "Terminal" }""", "has no effect in a file; use '--host'")]
    [InlineData("""{ "Jobs": 4 """, "is not JSON")]
    [InlineData("[]", "holds no JSON object")]
    public void A_wrong_file_of_parameters_is_one_sentence(string content, params string[] told)
    {
        using var repository = new RepositoryCopy();
        File.WriteAllText(repository[".nuke", "parameters.json"], content);
        Refuses(repository, [], told);

        File.Move(repository[".nuke", "parameters.json"], repository[".nuke", "parameters.mine.json"]);
        Refuses(repository, new() { ["NUKE_PROFILE"] = "mine" }, told);
    }

    [Fact]
    public void A_file_may_have_a_byte_order_mark_comments_and_a_schema()
    {
        using var repository = new RepositoryCopy();
        File.WriteAllText(
            repository[".nuke", "parameters.json"],
            """{ "$schema": "./build.schema.json", /* below */ "Target": ["Stage"],"""
            + """ "Offline": true, "Jobs": "2", "Mirrors": null, }""",
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        var result = repository.Program.Run("--plan");

        result.Succeeded.Should().BeTrue(BuildProgram.Text(result));
        BuildProgram.Text(result).Should().Contain("Plan of Stage").And.NotContain("[WRN]");
    }

    [Theory]
    [InlineData("environment")]
    [InlineData("file")]
    public void The_plan_skips_what_the_run_skips_wherever_that_is_set(string way)
    {
        using var repository = new RepositoryCopy();
        if (way == "file")
            File.WriteAllText(repository[".nuke", "parameters.json"], """{ "Skip": ["FetchMusl", "Patch"] }""");
        var program = With(repository, way == "file" ? [] : new() { ["NUKE_SKIP"] = "FetchMusl+Patch" });

        var plan = BuildProgram.Text(program.Run("Patch", "--plan"));
        var run = BuildProgram.Text(program.Run("ListPatches"));

        Skipped().Matches(plan).Select(match => match.Groups[1].Value).Should().Equal("Provision", "FetchMusl");
        run.Should().Contain("Build succeeded");
    }

    [Fact]
    public void The_plan_fails_as_the_run_does()
    {
        foreach (var more in (string[][])[[], ["--plan"]])
        {
            var result = copy.Program.Run(["SmokeTest", "--components", "musl", .. more]);
            result.ExitCode.Should().NotBe(0);
            BuildProgram.Text(result).Should().Contain("add busybox to --components");
        }
    }

    [Fact]
    public void A_missing_repository_is_not_created()
    {
        using var temp = new TempFolder();
        var result = copy.Program.Run("ListPatches", "--root", temp["nope"]);

        result.ExitCode.Should().NotBe(0);
        BuildProgram.Text(result).Should().Contain("nope").And.NotContain("   at ");
        Directory.EnumerateFileSystemEntries(temp.Path).Should().BeEmpty();
    }

    [Fact]
    public void Completion_in_shells_offers_the_values_that_the_help_names()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Path, ".nuke", "build.schema.json")));
        var properties = schema.RootElement.GetProperty("allOf")[0].GetProperty("properties");
        var help = string.Join(
            ' ', BuildProgram.Text(copy.Program.Run("--help")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var offered = properties.EnumerateObject()
            .Select(property => (property.Name, Values: Values(property.Value)))
            .Where(property => property.Values.Count > 0).ToList();

        offered.Select(property => property.Name).Should().BeEquivalentTo(
            "Architectures", "Components", "Flavours", "Image", "ImageFormats", "Languages", "RemoteCacheMode", "RustTargets",
            "SmokeLevel");
        foreach (var (name, values) in offered)
        {
            var parameter = Parameters.AllIn(RepositoryRoot.Path, ArchitectureCatalogue.All)
                .Single(parameter => parameter.Key == name);
            values.Should().BeEquivalentTo(parameter.ValidValues);
            help.Should().Contain($"Valid: {parameter.Valid}.", name);
        }
    }

    [Fact]
    public void Telemetry_is_off_however_the_build_is_started()
    {
        var result = With(copy, new()
        {
            ["NUKE_TELEMETRY_OPTOUT"] = "",
            ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
        }).Run("--help");

        result.Error.Should().Contain("opt-out of telemetry: 1");
    }

    [Theory]
    [InlineData("NO_COLOR", "1")]
    [InlineData("CLICOLOR", "0")]
    [InlineData("TERM", "dumb")]
    public void A_terminal_gets_no_escape_sequence_where_none_is_wanted(string variable, string value)
    {
        using var terminal = With(copy, new() { ["TERM"] = "xterm-256color", [variable] = value }).AtTerminal("ListPatches");

        terminal.WaitFor("Build succeeded");
        terminal.WaitForExit().Should().Be(0);
        terminal.Screen.Should().NotContain("\e[");
    }

    [Fact]
    public void A_terminal_gets_colours_and_a_file_gets_none()
    {
        var colourful = With(copy, new() { ["TERM"] = "xterm-256color" });
        using var terminal = colourful.AtTerminal("ListPatches");

        terminal.WaitFor("\e[");
        terminal.WaitForExit().Should().Be(0);
        var inFile = colourful.Run("ListPatches");
        (inFile.Output + inFile.Error).Should().Contain("Build succeeded").And.NotContain("\e[");
    }

    static List<string> Values(JsonElement property) =>
        (property.TryGetProperty("items", out var items) ? items : property).TryGetProperty("enum", out var values)
            ? [.. values.EnumerateArray().Select(v => v.ToString())]
            : [];

    static BuildProgram With(RepositoryCopy repository, Dictionary<string, string> variables) =>
        new(repository.Root) { Environment = variables };

    static void Refuses(RepositoryCopy repository, Dictionary<string, string> variables, string[] told)
    {
        var result = With(repository, variables).Run("ListPatches");

        result.ExitCode.Should().NotBe(0);
        var text = BuildProgram.Text(result);
        text.Should().NotContain("   at ").And.NotContain("Unhandled");
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().ContainSingle(text);
        foreach (var part in told)
            text.Should().Contain(part);
        Directory.Exists(repository.Layout.Output).Should().BeFalse();
    }

    [GeneratedRegex(@"(?m)^ +\d+ +○ (\w+) ")]
    private static partial Regex Skipped();
}

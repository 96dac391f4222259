namespace Bootstrap.Tests;

/// <summary>One repository for all tests, compiled by the first, because a compilation takes seconds.</summary>
public sealed class BootstrapTests(CompiledRepository compiled) : IClassFixture<CompiledRepository>
{
    readonly Repository repository = compiled.Repository;

    static Dictionary<string, string> Nothing => [];

    [Fact]
    public void The_first_start_compiles_and_says_so_in_one_line()
    {
        compiled.FirstErrors.Should().Be("build.sh: compiling the build (first start)\n");
        compiled.FirstOutput.Should().Contain($"first||{repository.Root}|{repository.Root}|");
    }

    [Fact]
    public void A_start_without_changes_goes_straight_to_the_build()
    {
        using var run = repository.Start("--words", "with space", "*", "$HOME");

        run.Output.Should().Contain("first|--words+with space+*+$HOME|");
        (run.ExitCode, run.Errors).Should().Be((0, string.Empty));
    }

    [Fact]
    public void The_exit_code_is_that_of_the_build()
    {
        using var run = Run.Start("./build.sh", repository.Root, new() { ["EXIT_CODE"] = "7" });

        run.ExitCode.Should().Be(7);
    }

    [Fact]
    public void The_working_directory_stays_and_the_root_is_found()
    {
        using var run = Run.Start(repository.Locate("build.sh"), Path.GetTempPath(), Nothing);

        run.Output.Should().Contain($"|{repository.Root}|{Path.TrimEndingDirectorySeparator(Path.GetTempPath())}|");
    }

    [Theory]
    [InlineData("build.sh")]
    [InlineData("build.cmd")]
    public void A_symbolic_link_leads_to_the_repository(string script)
    {
        var folder = Directory.CreateTempSubdirectory("bootstrap links ").FullName;
        try
        {
            File.CreateSymbolicLink(Path.Combine(folder, "far"), repository.Locate(script));
            File.CreateSymbolicLink(Path.Combine(folder, "near"), "far");
            using var run = Run.Start("./near", folder, Nothing);

            run.Output.Should().Contain($"first||{repository.Root}|{folder}|");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Variables_of_a_cross_compiling_shell_do_not_hijack_the_build()
    {
        string[] names =
        [
            "HOST", "TARGET", "ROOT", "SKIP", "PROFILE", "HELP",
            "PLAN", "VERBOSITY", "CONTINUE", "NOLOGO", "PARTITION", "STRICT",
        ];
        using var run = Run.Start("./build.sh", repository.Root, names.ToDictionary(x => x, _ => "arm-linux"));

        run.Output.Should().Contain("hijackers: 0,");
    }

    [Fact]
    public void Build_cmd_passes_all_arguments_on_in_a_shell()
    {
        using var run = Run.Start("./build.cmd", repository.Root, Nothing, "--words", "a b", "c");

        run.Output.Should().Contain("first|--words+a b+c|");
        (run.ExitCode, run.Errors).Should().Be((0, string.Empty));
    }

    [Fact]
    public void An_unknown_engine_is_an_error_that_names_the_known_ones()
    {
        using var run = Run.Start("./build.sh", repository.Root, new() { ["NUKE_ENGINE"] = "cake" });

        run.ExitCode.Should().NotBe(0);
        run.Errors.Should().Be("build.sh: NUKE_ENGINE is 'cake', which is not an engine; use 'package' or 'standin'.\n");
    }

    [Fact]
    public void A_forced_engine_is_remembered_and_known_to_MSBuild() =>
        File.ReadAllText(repository.Locate(".nuke/temp/engine.props")).Should().Contain("<NukeEngine>standin</NukeEngine>");

    [Theory]
    [InlineData("dash")]
    [InlineData("bash")]
    public void Any_POSIX_shell_runs_the_script(string shell)
    {
        using var run = Run.Start(shell, repository.Root, Nothing, "build.sh", "x");

        run.Output.Should().Contain("first|x|");
    }
}

/// <summary>A copy of the repository after its first start.</summary>
public sealed class CompiledRepository : IDisposable
{
    public CompiledRepository()
    {
        using var run = Run.Start("./build.sh", Repository.Root, new() { ["NUKE_ENGINE"] = "standin" });
        (FirstOutput, FirstErrors) = (run.Output, run.Errors);
    }

    public Repository Repository { get; } = new();

    public string FirstOutput { get; }

    public string FirstErrors { get; }

    public void Dispose() => Repository.Dispose();
}

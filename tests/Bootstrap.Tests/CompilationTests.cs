using L4ReMusl.Tests.Support;

namespace Bootstrap.Tests;

public sealed class CompilationTests : IDisposable
{
    readonly Repository repository = new();
    readonly Dictionary<string, string> environment = new() { ["NUKE_ENGINE"] = "standin" };

    public void Dispose() => repository.Dispose();

    [Fact]
    public void A_changed_source_is_compiled_once_whatever_hides_the_change_and_the_environment_says_about_the_output()
    {
        string[] names =
            ["PLATFORM", "Platform", "Configuration", "OutDir", "TargetFramework", "OutputPath", "VERSION", "NoWarn"];
        foreach (var name in names)
            environment[name] = "arm";
        using var first = Start();
        first.Output.Should().Contain("first|");

        var source = new FileInfo(repository.Locate("build/Build.cs"));
        var time = source.LastWriteTimeUtc;
        repository.WriteBuild("again"); // Of the same size, and below of the same time.
        source.LastWriteTimeUtc = time;
        using var second = Start();
        second.Output.Should().Contain("again|").And.Contain("platform: arm", "the build itself still sees the variables");
        using var third = Start();
        third.Output.Should().Contain("again|");

        using var programs = new TempFolder();
        programs.WriteProgram("find", "case \"$*\" in *-printf*) exit 1 ;; *) exec /usr/bin/find \"$@\" ;; esac");
        environment["PATH"] = $"{programs.Path}:{Environment.GetEnvironmentVariable("PATH")}";
        using var withoutGnu = Start();
        withoutGnu.ExitCode.Should().Be(0, withoutGnu.Errors);
        repository.Write("src/L4ReMusl/New.cs", "class New;");
        using var last = Start();
        last.Output.Should().Contain("again|");
        new[] { first, second, third, withoutGnu, last }.Select(run => run.HasCompiled)
            .Should().Equal(true, true, false, false, true);
    }

    [Fact]
    public void An_error_of_the_compiler_is_shown_and_leaves_nothing_to_run()
    {
        repository.Write("build/Broken.cs", "class Broken { int x = \"text\"; }");
        using var broken = Start();

        broken.ExitCode.Should().NotBe(0);
        broken.Output.Should().BeEmpty();
        broken.Errors.Should().Contain("error CS0029").And.Contain(repository.Locate(".nuke/temp/compile.log"));
        File.Exists(repository.Locate(".nuke/temp/build.stamp")).Should().BeFalse();
    }

    [Fact]
    public void A_killed_compilation_and_a_vanished_SDK_are_made_up_for()
    {
        using var killed = Start();
        var log = new FileInfo(repository.Locate(".nuke/temp/compile.log"));
        SpinWait.SpinUntil(() => File.Exists(log.FullName), TimeSpan.FromSeconds(30)).Should().BeTrue();
        killed.Kill();
        using var next = Start();
        next.Output.Should().Contain("first|");
        next.HasCompiled.Should().BeTrue();

        var stamp = repository.Locate(".nuke/temp/build.stamp");
        File.WriteAllLines(stamp, [.. File.ReadAllLines(stamp)[..2], "/nowhere/dotnet"]);
        using var last = Start();
        last.HasCompiled.Should().BeTrue();
        last.Output.Should().Contain("first|");
    }

    [Fact]
    public void Two_starts_at_once_compile_once()
    {
        using var one = Start();
        using var two = Start();

        one.Output.Should().Contain("first|");
        two.Output.Should().Contain("first|");
        new[] { one.HasCompiled, two.HasCompiled }.Should().BeEquivalentTo([true, false]);
    }

    Run Start() => Run.Start("./build.sh", repository.Root, environment);
}

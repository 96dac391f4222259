namespace Bootstrap.Tests;

/// <summary>Users, home folders and shells unlike a developer's.</summary>
public sealed class SurroundingsTests
{
    [Fact]
    public void An_empty_environment_is_enough()
    {
        using var copy = new Repository();

        using var run = Run.Start(
            "env", copy.Root, [], "-i", "NUKE_ENGINE=standin", $"XDG_CACHE_HOME={copy.Locate(".nuke")}", "./build.sh", "x");

        run.ExitCode.Should().Be(0, run.Errors);
        run.Output.Should().Contain("first|x|");
    }

    [Fact]
    public void A_home_folder_that_cannot_be_used_is_replaced_and_named()
    {
        using var copy = new Repository();
        copy.GiveToNobody();

        foreach (var home in (string[])["/root", "/nowhere", "/proc"])
        {
            using var run = Nobody.Start(copy.Root, $"HOME={home}", "NUKE_ENGINE=standin", "./build.sh", "x");

            run.ExitCode.Should().Be(0, run.Errors);
            run.Output.Should().Contain("first|x|");
            run.Errors.Should().Contain($"the home folder '{home}'", Exactly.Once()).And.Contain($"{copy.Root}/.nuke/temp/home");
            run.Errors.Should().NotContain("found no .NET SDK");
            Directory.Exists(copy.Locate(".nuke/temp/home")).Should().BeTrue();
        }
    }

    [Fact]
    public void A_checkout_that_the_user_may_not_write_is_named_in_one_sentence()
    {
        using var copy = new Repository();
        MakeReadOnly(copy, ".nuke"); // Without root, these tests' own user is the owner.

        Refuses(copy, ".nuke");
    }

    [Theory]
    [InlineData(".nuke/temp")]
    [InlineData("build/obj")]
    [InlineData("src/L4ReMusl/obj")]
    public void What_another_user_has_left_in_a_checkout_is_named_in_one_sentence(string folder)
    {
        using var copy = new Repository();
        copy.GiveToNobody();
        Directory.CreateDirectory(copy.Locate(folder));
        MakeReadOnly(copy, folder);

        Refuses(copy, folder);
    }

    static void MakeReadOnly(Repository repository, string folder) =>
        File.SetUnixFileMode(repository.Locate(folder), UnixFileMode.UserRead | UnixFileMode.UserExecute);

    static void Refuses(Repository repository, string folder)
    {
        using var run = Nobody.Start(repository.Root, $"HOME={repository.Root}", "./build.sh", "--help");

        run.ExitCode.Should().NotBe(0);
        run.Output.Should().BeEmpty();
        run.Errors.Should().StartWith($"build.sh: cannot write to {repository.Locate(folder)},").And.EndWith("\n");
        run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().ContainSingle();
    }
}

/// <summary>An ordinary user. Only root can become one; without root, the tests' own user is ordinary already.</summary>
static class Nobody
{
    public static Run Start(string folder, params string[] variablesAndCommand)
    {
        string[] become = Environment.IsPrivilegedProcess ? ["--reuid=65534", "--regid=65534", "--clear-groups", "env"] : ["env"];
        return Run.Start(Environment.IsPrivilegedProcess ? "setpriv" : "env", folder, [], [.. become, .. variablesAndCommand]);
    }
}

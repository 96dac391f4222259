using L4ReMusl.CommandLine;

namespace L4ReMusl.Tests.CommandLine;

public sealed class HelpPageTests
{
    static readonly HelpTexts Texts = new()
    {
        Program = "./build.sh",
        Summary = "Builds a C library, and everything that has to be around it so that programs can use it on another kernel.",
        MainCommands = [new("./build.sh", "builds everything")],
        EnvironmentVariables = [new("CROSS_COMPILE_ARM", "the tool prefix for arm")],
        Examples = [new("./build.sh LsbRoot --jobs 2", "With two jobs:")],
        ExitCodes = [new("0", "success")],
    };

    [Fact]
    public void Every_listed_target_is_there_under_its_group_with_description_and_needs()
    {
        var lines = Render(100);

        lines.Should().ContainInOrder("  Sources", "  musl", "  Root");
        lines.Should().Contain(line => line.Contains("CompileArm64") && line.EndsWith("Compiles for arm64."));
        lines.Should().Contain(line => line.Contains("LsbRoot (default)"));
        lines.Should().Contain(line => line.Trim() == "needs CompileArm, CompileArm64");
        lines.Should().NotContain(line => line.Contains("Internal"));
    }

    [Fact]
    public void Every_listed_parameter_is_there_with_what_it_takes()
    {
        var text = string.Join('\n', Render(200));

        foreach (var parameter in SampleCommandLine.Info.Parameters.Where(parameter => parameter.IsListed))
            text.Should().Contain($"    {parameter.Usage} ");
        text.Should().Contain("--jobs N").And.Contain("--architectures VALUE...").And.Contain("--skip [TARGET...]")
            .And.Contain("Valid: arm, arm64.").And.Contain("Example: --musl-version 1.2.5").And.NotContain("--strict");
    }

    [Fact]
    public void The_callers_sections_are_there() =>
        string.Join('\n', Render(100)).Should().Contain("Usage: ./build.sh").And.Contain("CROSS_COMPILE_ARM  the tool prefix")
            .And.Contain("    ./build.sh LsbRoot --jobs 2").And.Contain("Exit codes").And.NotContain("See also");

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(160)]
    public void No_line_is_wider_than_the_terminal(int width) => Render(width).Should().OnlyContain(line => line.Length <= width);

    static string[] Render(int width) => new HelpPage(SampleCommandLine.Info, Texts).Render(width).Split(Environment.NewLine);
}

namespace NukeStandIn.Tests;

public sealed class ComponentTests
{
    [Fact]
    public void Targets_and_parameters_of_interfaces_belong_to_the_build()
    {
        var result = Sample.Run("ComponentBuild");

        result.RunTargets.Should().Equal("Fetch", "Patch");
        result.Lines.Should().Contain("version 1.2.5, retries none, jobs 7").And.Contain("patch level 0");
    }

    [Fact]
    public void Parameters_of_interfaces_take_values_and_the_prefix_of_their_interface()
    {
        var result = Sample.Run("ComponentBuild", "--version", "1.2.4", "--retries", "3", "--patch-level", "9", "--jobs", "2");

        result.Lines.Should().Contain("version 1.2.4, retries 3, jobs 2").And.Contain("patch level 9");
    }

    [Fact]
    public void Definitions_inherit_from_base_classes_and_from_interfaces()
    {
        var result = Sample.Run("ComponentBuild", "Reports", "Stage");

        result.RunTargets.Should().Equal("Fetch", "Patch", "Compile", "Stage", "Reports");
        string.Join('\n', result.Lines).Should().Contain("base compile\nown compile\n").And.Contain("inherited stage\nown stage True\n");
        result.Output.Should().Contain("[INF] artifacts/reports");
    }
}

namespace NukeStandIn.Tests;

public sealed class ComponentTests
{
    [Fact]
    public void Targets_and_parameters_of_interfaces_belong_to_the_build()
    {
        var result = Sample.Run("ComponentBuild");

        result.RunTargets.Should().Equal("Fetch", "Patch");
        result.Lines.Should().Contain("version 1.2.5").And.Contain("patched");
    }

    [Fact]
    public void Parameters_of_interfaces_take_values() =>
        Sample.Run("ComponentBuild", "--version", "1.2.4").Lines.Should().Contain("version 1.2.4");

    [Fact]
    public void Targets_of_the_class_and_of_its_interfaces_have_one_order_and_the_usual_folders()
    {
        var result = Sample.Run("ComponentBuild", "Reports", "Patch");

        result.RunTargets.Should().Equal("Fetch", "Patch", "Reports");
        result.Lines.Should().Contain("artifacts artifacts/reports");
    }
}

using System.Text.RegularExpressions;
using L4ReMusl.Goals;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Goals;

public sealed partial class GoalTests
{
    [Fact]
    public void Each_target_of_the_build_has_a_goal_and_each_goal_a_target()
    {
        var targets = Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "build", "Components"), "*.cs")
            .SelectMany(file => TargetProperty().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value));

        GoalCatalogue.All.Select(goal => goal.Target).Should().BeEquivalentTo(targets).And.OnlyHaveUniqueItems();
    }

    [GeneratedRegex(@"^\s+Target (\w+) =>", RegexOptions.Multiline)]
    private static partial Regex TargetProperty();
}

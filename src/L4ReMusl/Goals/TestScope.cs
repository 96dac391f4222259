namespace L4ReMusl.Goals;

/// <summary>Some of the project's own tests.</summary>
/// <param name="Path">A project or a list of projects, relative to the folder of the tests.</param>
/// <param name="Options">What <c>dotnet test</c> is told besides.</param>
public sealed record TestScope(string Path, params IReadOnlyList<string> Options)
{
    /// <summary>All tests but those that are marked with the trait <c>Speed=long</c>.</summary>
    public static TestScope Usual { get; } = new("tests.slnf", "--filter", "Speed!=long");

    /// <summary>Those that are marked with that trait.</summary>
    public static TestScope TakingLong { get; } = new("EndToEnd.Tests", "--filter", "Speed=long");

    /// <summary>
    /// Those of <c>src/L4ReMusl</c> that take no results, and not long: all but those that are marked with the trait
    /// <c>Speed=slow</c>.
    /// </summary>
    public static TestScope Unit { get; } = new("L4ReMusl.Tests", "--filter", "Speed!=slow");
}

namespace L4ReMusl.CommandLine;

/// <summary>A rule for valid values that cannot be listed.</summary>
/// <param name="Description">What is valid, for use in a sentence: <c>a whole number from 1 to 9</c>.</param>
/// <param name="Accepts">Whether a value is valid.</param>
public sealed record ValueRule(string Description, Func<string, bool> Accepts)
{
    /// <summary>
    /// The values of flags. NUKE accepts true and false; <see cref="EnvironmentCheck"/> converts the others.
    /// </summary>
    public static ValueRule Flag { get; } =
        new("true, yes, on, 1; false, no, off, 0", value => bool.TryParse(value, out _));

    /// <summary>The rule for whole numbers.</summary>
    public static ValueRule WholeNumber(int least, int greatest) => new(
        $"a whole number from {least} to {greatest}",
        value => int.TryParse(value, out var number) && number >= least && number <= greatest);
}

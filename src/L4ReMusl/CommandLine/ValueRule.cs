namespace L4ReMusl.CommandLine;

/// <summary>What a value must be, where there is no list of the valid ones.</summary>
/// <param name="Description">What is valid, as a sentence lists it: <c>a whole number from 1 to 9</c>.</param>
/// <param name="Accepts">Whether a value is valid.</param>
public sealed record ValueRule(string Description, Func<string, bool> Accepts)
{
    /// <summary>What flags take. NUKE takes the first of each; <see cref="EnvironmentCheck"/> turns the others into it.</summary>
    public static ValueRule Flag { get; } =
        new("true, yes, on, 1; false, no, off, 0", value => bool.TryParse(value, out _));

    /// <summary>The rule for whole numbers.</summary>
    public static ValueRule WholeNumber(int least, int greatest) => new(
        $"a whole number from {least} to {greatest}",
        value => int.TryParse(value, out var number) && number >= least && number <= greatest);
}

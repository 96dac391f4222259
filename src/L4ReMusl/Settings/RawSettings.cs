using L4ReMusl.CommandLine;

namespace L4ReMusl.Settings;

/// <summary>
/// What the user gave on the command line, in the environment or in a parameter file, as the engine read it.
/// </summary>
/// <param name="given">The values, each with its parameter. An empty value counts as not given.</param>
public sealed class RawSettings(params IEnumerable<(ParameterInfo Parameter, string? Text)> given)
{
    readonly ILookup<string, string> words = given
        .Where(value => !string.IsNullOrWhiteSpace(value.Text))
        .SelectMany(value => value.Parameter.Split(value.Text!).Select(word => (value.Parameter.Name, Word: word)))
        .ToLookup(value => value.Name, value => value.Word);

    /// <summary>The values given for a parameter, in the given order; empty if it was not given.</summary>
    public IReadOnlyList<string> Of(ParameterInfo parameter) => [.. words[parameter.Name]];
}

using L4ReMusl.CommandLine;

namespace L4ReMusl.Settings;

/// <summary>What the user gave, as the engine delivers it from the command line, the environment or a parameter file.</summary>
/// <param name="given">The values, each with its parameter. What is empty counts as not given.</param>
public sealed class RawSettings(params IEnumerable<(ParameterInfo Parameter, string? Text)> given)
{
    readonly ILookup<string, string> words = given
        .Where(value => !string.IsNullOrWhiteSpace(value.Text))
        .SelectMany(value => value.Parameter.Split(value.Text!).Select(word => (value.Parameter.Name, Word: word)))
        .ToLookup(value => value.Name, value => value.Word);

    /// <summary>The values that were given for a parameter, in their order; none if it was not given.</summary>
    public IReadOnlyList<string> Of(ParameterInfo parameter) => [.. words[parameter.Name]];
}

using L4ReMusl.Foundation.Text;

namespace L4ReMusl.CommandLine;

/// <summary>A parameter on the command line.</summary>
/// <param name="Token">What was typed, dashes included.</param>
/// <param name="Values">The words that follow it, up to the next parameter.</param>
public sealed record GivenParameter(string Token, IReadOnlyList<string> Values);

/// <summary>A command line, split like NUKE does (<c>ArgumentParser</c>).</summary>
/// <param name="Positional">The words before the first parameter: targets.</param>
/// <param name="Parameters">The parameters, each with its values.</param>
public sealed record ParsedArguments(IReadOnlyList<string> Positional, IReadOnlyList<GivenParameter> Parameters)
{
    /// <summary>Splits <paramref name="arguments"/> before every word that begins with a dash.</summary>
    public static ParsedArguments Parse(IReadOnlyList<string> arguments)
    {
        var positional = new List<string>();
        var parameters = new List<GivenParameter>();
        var words = positional;
        foreach (var argument in arguments)
        {
            if (IsParameter(argument))
                parameters.Add(new GivenParameter(argument, words = []));
            else
                words.Add(argument);
        }

        return new ParsedArguments(positional, parameters);
    }

    /// <summary>The values of the last parameter of a name; <see langword="null"/> if it is not given.</summary>
    public IReadOnlyList<string>? ValuesOf(string name) =>
        Parameters.LastOrDefault(parameter => ParameterName.AreEqual(parameter.Token, name))?.Values;

    static bool IsParameter(string argument) => argument.StartsWith('-');
}

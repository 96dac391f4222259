namespace L4ReMusl.CommandLine;

/// <summary>Finds the environment variables that NUKE would mistake for parameters.</summary>
/// <remarks>
/// NUKE (<c>ParameterService.GetEnvironmentVariable</c>) drops everything but letters and digits from the name of a variable
/// and compares the rest, in any letter case, with the name of the parameter and with NUKE + that name. In a shell set up for
/// cross compiling, <c>HOST=arm-linux</c> makes it abort and <c>TARGET=…</c> names a target.
/// </remarks>
public static class AmbientEnvironment
{
    const string EngineName = "NUKE", DeliberatePrefix = "NUKE_";

    /// <summary>The names in <paramref name="variables"/> that must be dropped before NUKE reads them.</summary>
    /// <param name="parameters">The names of all parameters, in any spelling.</param>
    /// <param name="documented">The variables that are documented to work, spelt as documented.</param>
    /// <param name="variables">The names of the variables that are set.</param>
    /// <remarks>
    /// <c>NUKE_…</c> stays, because nobody sets it by accident. It also wins over a documented variable for the same
    /// parameter: NUKE ignores both if two are set.
    /// </remarks>
    public static IReadOnlyList<string> NamesToDrop(
        IEnumerable<string> parameters, IReadOnlyCollection<string> documented, IEnumerable<string> variables)
    {
        var names = parameters.Select(Bare).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var candidates = variables.ToLookup(variable => ParameterOf(Bare(variable), names), StringComparer.OrdinalIgnoreCase);
        return
        [
            .. candidates.Where(candidate => candidate.Key is not null)
                .SelectMany(candidate => Unwanted([.. candidate], documented)).Order(StringComparer.Ordinal),
        ];
    }

    static IEnumerable<string> Unwanted(IReadOnlyCollection<string> variables, IReadOnlyCollection<string> documented) =>
        variables.Any(IsDeliberate)
            ? variables.Where(variable => !IsDeliberate(variable))
            : variables.Where(variable => !documented.Contains(variable));

    /// <summary>Whether a variable has the prefix that nobody sets by accident.</summary>
    public static bool IsDeliberate(string variable) => variable.StartsWith(DeliberatePrefix, StringComparison.Ordinal);

    /// <summary>Whether NUKE reads a parameter from a variable.</summary>
    /// <param name="variable">The name of the variable.</param>
    /// <param name="parameter">The name of the parameter, in any spelling.</param>
    public static bool IsFor(string variable, string parameter) => ParameterOf(Bare(variable), [Bare(parameter)]) is not null;

    /// <summary>The names of the parameters, without punctuation, that NUKE reads from a variable.</summary>
    public static IEnumerable<string> ParametersOf(string variable)
    {
        var bare = Bare(variable);
        return bare.StartsWith(EngineName, StringComparison.OrdinalIgnoreCase) ? [bare, bare[EngineName.Length..]] : [bare];
    }

    static string? ParameterOf(string bare, IReadOnlyCollection<string> names) => names.FirstOrDefault(name =>
        bare.Equals(name, StringComparison.OrdinalIgnoreCase)
        || bare.Equals(EngineName + name, StringComparison.OrdinalIgnoreCase));

    /// <summary>A name as NUKE compares it: without punctuation.</summary>
    public static string Bare(string name) => new([.. name.Where(char.IsLetterOrDigit)]);
}

using L4ReMusl.Foundation.Text;

namespace L4ReMusl.CommandLine;

/// <summary>Finds errors in parameters from the environment, which NUKE ignores or only warns about.</summary>
/// <param name="commandLine">The valid targets and parameters.</param>
public sealed class EnvironmentCheck(CommandLineInfo commandLine)
{
    // Read by build.sh, NUKE and its global tool; any other variable with this prefix is meant as a parameter.
    static readonly string[] OtherVariables =
    [
        "NUKE_ENGINE", "NUKE_TELEMETRY_OPTOUT", "NUKE_GLOBAL_TOOL_VERSION", "NUKE_GLOBAL_TOOL_START_TIME",
        "NUKE_INTERNAL_INTERCEPTOR",
    ];

    static readonly string[] Yes = ["1", "yes", "on", "true"], No = ["0", "no", "off", "false"];

    readonly ValueCheck values = new(commandLine);

    readonly Dictionary<string, ParameterInfo> parameters = commandLine.Parameters
        .ToDictionary(parameter => AmbientEnvironment.Bare(parameter.Name), StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Turns <c>1</c>, <c>yes</c> and the like into the values that NUKE accepts for a flag, and unsets empty variables,
    /// which count as not given.
    /// </summary>
    /// <param name="variables">The variables that are set.</param>
    /// <returns>The variables that must change; <see langword="null"/> unsets one.</returns>
    public IReadOnlyDictionary<string, string?> Corrections(IEnumerable<KeyValuePair<string, string>> variables)
    {
        var corrections = new Dictionary<string, string?>();
        foreach (var (name, value) in variables)
        {
            if (Find(name) is not { } parameter)
                continue;
            if (string.IsNullOrWhiteSpace(value))
                corrections[name] = null;
            else if (parameter.Kind == ParameterKind.Flag && Yes.Contains(value, StringComparer.OrdinalIgnoreCase))
                corrections[name] = bool.TrueString;
            else if (parameter.Kind == ParameterKind.Flag && No.Contains(value, StringComparer.OrdinalIgnoreCase))
                corrections[name] = bool.FalseString;
        }

        return corrections;
    }

    /// <summary>All problems of variables, after <see cref="Corrections"/>, in the order of their names.</summary>
    public IReadOnlyList<string> Problems(IEnumerable<KeyValuePair<string, string>> variables)
    {
        var given = variables
            .Select(variable => new Given(variable.Key, variable.Value, Find(variable.Key)))
            .OrderBy(variable => variable.Name, StringComparer.Ordinal)
            .ToList();
        return
        [
            .. given.Where(variable => variable.Parameter is not null)
                .SelectMany(variable => values.OfWord(variable.Parameter!, variable.Name, variable.Value)),
            .. given.Where(variable => variable.Parameter is null && IsMeantForUs(variable.Name))
                .Select(variable => Unknown(variable.Name)),
            .. given.Where(variable => variable.Parameter is not null)
                .GroupBy(variable => variable.Parameter!.Name).Where(group => group.Count() > 1)
                .Select(group =>
                    $"{string.Join(" and ", group.Select(variable => variable.Name))} are the same parameter; set one of them."),
        ];
    }

    static bool IsMeantForUs(string name) => AmbientEnvironment.IsDeliberate(name) && !OtherVariables.Contains(name);

    string Unknown(string name) => $"{name} is not a parameter of this build; unset it."
        + NearestMatch.Question(name, commandLine.Parameters.Where(parameter => parameter.IsListed).Select(VariableOf));

    static string VariableOf(ParameterInfo parameter) => $"NUKE_{parameter.Name.Replace('-', '_').ToUpperInvariant()}";

    sealed record Given(string Name, string Value, ParameterInfo? Parameter);

    ParameterInfo? Find(string variable) =>
        AmbientEnvironment.ParametersOf(variable).Select(parameters.GetValueOrDefault).FirstOrDefault(found => found is not null);
}

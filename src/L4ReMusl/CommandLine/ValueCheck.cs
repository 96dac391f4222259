using L4ReMusl.Foundation.Text;

namespace L4ReMusl.CommandLine;

/// <summary>Finds errors in values: on the command line, where targets may be misplaced, and elsewhere.</summary>
sealed class ValueCheck(CommandLineInfo commandLine)
{
    /// <summary>The names of all listed targets, for use in a sentence.</summary>
    public string TargetNames => string.Join(", ", commandLine.Targets.Where(t => t.IsListed).Select(t => t.Name));

    /// <summary>The problems of the name of a target, or of several names joined by <c>+</c>.</summary>
    public IEnumerable<string> OfTarget(string value) => value.Split('+')
        .Where(name => commandLine.FindTarget(name) is null)
        .Select(name => $"There is no target '{name}'.{SuggestTarget(name)}");

    /// <summary>The problems of a value in a variable or a file.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="name">The name to use in messages, such as the name of the variable.</param>
    /// <param name="word">The value, or one of several.</param>
    public IEnumerable<string> OfWord(ParameterInfo parameter, string name, string word) =>
        parameter.Kind == ParameterKind.Targets
            ? OfTarget(word).Select(problem => $"{name}: {problem}")
            : parameter.Problems(name, word);

    /// <summary>The problems of the values that follow a parameter on the command line.</summary>
    public IEnumerable<string> OfParameter(ParameterInfo parameter, IReadOnlyList<string> values)
    {
        if (values.All(string.IsNullOrWhiteSpace) && parameter.Kind != ParameterKind.Flag && !parameter.IsValueOptional)
            return [$"'{parameter.Option}' needs a value{For(parameter)}"];
        return parameter.Kind switch
        {
            ParameterKind.Flag => OfFlag(parameter, values),
            ParameterKind.Targets => OfTargets(parameter, values),
            ParameterKind.List => values.SelectMany(value => OfListItem(parameter, value)),
            _ => values.Take(1).SelectMany(value => parameter.Problems($"'{parameter.Option}'", value))
                .Concat(Surplus(parameter, values.Skip(1))),
        };
    }

    IEnumerable<string> OfFlag(ParameterInfo parameter, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
            return [];
        if (bool.TryParse(values[0], out _))
            return Surplus(parameter, values.Skip(1));
        return IsTarget(values[0])
            ? Surplus(parameter, values)
            : [$"'{parameter.Option}' is a flag: nothing, 'true' or 'false' may follow it, not '{values[0]}'."];
    }

    IEnumerable<string> OfTargets(ParameterInfo parameter, IReadOnlyList<string> values)
    {
        var problems = values.SelectMany(OfTarget).ToList();
        return problems.Count > 0 ? problems.Append($"'{parameter.Option}' takes these targets: {TargetNames}.") : [];
    }

    IEnumerable<string> OfListItem(ParameterInfo parameter, string value)
    {
        var problems = parameter.Problems($"'{parameter.Option}'", value);

        // If any text is valid, only an exact name counts as a target; a file of that name can still be given as ./Name.
        var isMisplaced = parameter.ValidValues is null
            ? commandLine.Targets.Any(target => target.Name == value)
            : IsTarget(value) && problems.Any();
        return isMisplaced ? [Misplaced(parameter, value)] : problems;
    }

    IEnumerable<string> Surplus(ParameterInfo parameter, IEnumerable<string> values) => values.Select(value =>
        IsTarget(value)
            ? Misplaced(parameter, value)
            : $"'{value}' is one value too many for '{parameter.Option}'.");

    bool IsTarget(string value) => value.Split('+').All(name => commandLine.FindTarget(name) is not null);

    static string Misplaced(ParameterInfo parameter, string value) =>
        $"'{value}' would be taken for a value of '{parameter.Option}'; put targets first: '{value} {parameter.Option}'.";

    static string For(ParameterInfo parameter) => parameter switch
    {
        { Valid: { } valid } => $". Valid: {valid}.",
        { Example: { } example } => $", as in '{parameter.Option} {example}'.",
        _ => ".",
    };

    // A parameter without dashes looks like a target, so the user may have meant a parameter.
    string SuggestTarget(string name) => commandLine.FindParameter(name) is { IsListed: true } parameter
        ? $" Did you mean '{parameter.Option}'?"
        : NearestMatch.Question(name, commandLine.Targets.Select(target => target.Name));
}

using L4ReMusl.Foundation.Text;

namespace L4ReMusl.CommandLine;

/// <summary>Finds what is wrong with values: on a command line, where a target may be misplaced, and elsewhere.</summary>
sealed class ValueCheck(CommandLineInfo commandLine)
{
    /// <summary>The names of all listed targets, as a sentence lists them.</summary>
    public string TargetNames => string.Join(", ", commandLine.Targets.Where(t => t.IsListed).Select(t => t.Name));

    /// <summary>The problems of a name, or of several joined by <c>+</c>, that should be targets.</summary>
    public IEnumerable<string> OfTarget(string value) => value.Split('+')
        .Where(name => commandLine.FindTarget(name) is null)
        .Select(name => $"There is no target '{name}'.{SuggestTarget(name)}");

    /// <summary>The problems of a value that stands for itself, in a variable or a file.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="name">What to call it: the name of the variable, say.</param>
    /// <param name="word">The value, or one of several.</param>
    public IEnumerable<string> OfWord(ParameterInfo parameter, string name, string word) => parameter switch
    {
        { Kind: ParameterKind.Flag } => bool.TryParse(word, out _) ? [] : [$"{name} must be true or false, not '{word}'."],
        { Kind: ParameterKind.Targets } => OfTarget(word).Select(problem => $"{name}: {problem}"),
        { Kind: ParameterKind.List, ValidValues: { } valid } =>
            WordsOf(word).Where(part => !IsAmong(valid, part)).Select(part => Invalid(name, part, valid)),
        _ => OfSingle(parameter, name, word),
    };

    /// <summary>The problems of what follows a parameter on the command line.</summary>
    public IEnumerable<string> OfParameter(ParameterInfo parameter, IReadOnlyList<string> values)
    {
        if (values.All(string.IsNullOrWhiteSpace) && parameter.Kind != ParameterKind.Flag && !parameter.IsValueOptional)
            return [$"'{parameter.Option}' needs a value{For(parameter)}"];
        return parameter.Kind switch
        {
            ParameterKind.Flag => OfFlag(parameter, values),
            ParameterKind.Targets => OfTargets(parameter, values),
            ParameterKind.List => values.SelectMany(value => OfListItem(parameter, value)),
            _ => values.Take(1).SelectMany(value => OfSingle(parameter, $"'{parameter.Option}'", value))
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
        if (parameter.ValidValues is { } valid)
        {
            var wrong = WordsOf(value).Where(part => !IsAmong(valid, part)).ToList();
            return wrong.Count > 0 && IsTarget(value)
                ? [Misplaced(parameter, value)]
                : wrong.Select(part => Invalid($"'{parameter.Option}'", part, valid));
        }

        // Any text goes, so only an exact name is taken for a target; a file of that name can still be given as ./Name.
        return commandLine.Targets.Any(target => target.Name == value) ? [Misplaced(parameter, value)] : [];
    }

    static IEnumerable<string> OfSingle(ParameterInfo parameter, string name, string value)
    {
        if (parameter.Kind == ParameterKind.Number && !(int.TryParse(value, out var number) && number >= 1))
            return [$"{name} needs a whole number of at least 1, not '{value}'."];
        return parameter.ValidValues is { } valid && !IsAmong(valid, value) ? [Invalid(name, value, valid)] : [];
    }

    // What is joined by commas or blanks is one word for the engine; the build takes it apart.
    static string[] WordsOf(string value) => value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);

    IEnumerable<string> Surplus(ParameterInfo parameter, IEnumerable<string> values) => values.Select(value =>
        IsTarget(value)
            ? Misplaced(parameter, value)
            : $"'{value}' is one value too many for '{parameter.Option}'.");

    bool IsTarget(string value) => value.Split('+').All(name => commandLine.FindTarget(name) is not null);

    static bool IsAmong(IReadOnlyList<string> valid, string value) => valid.Contains(value, StringComparer.OrdinalIgnoreCase);

    static string Misplaced(ParameterInfo parameter, string value) =>
        $"'{value}' would be taken for a value of '{parameter.Option}'; put targets first: '{value} {parameter.Option}'.";

    static string Invalid(string name, string value, IReadOnlyList<string> valid) =>
        $"{name} can't be '{value}'.{NearestMatch.Question(value, valid)} Valid: {string.Join(", ", valid)}.";

    static string For(ParameterInfo parameter) => parameter switch
    {
        { Kind: ParameterKind.Number } => ", a whole number of at least 1.",
        { ValidValues: { } valid } => $". Valid: {string.Join(", ", valid)}.",
        { Example: { } example } => $", as in '{parameter.Option} {example}'.",
        _ => ".",
    };

    // A parameter without its dashes is taken for a target, so it may be one that was meant.
    string SuggestTarget(string name) => commandLine.FindParameter(name) is { IsListed: true } parameter
        ? $" Did you mean '{parameter.Option}'?"
        : NearestMatch.Question(name, commandLine.Targets.Select(target => target.Name));
}

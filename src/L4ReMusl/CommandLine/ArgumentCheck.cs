using L4ReMusl.Foundation.Text;

namespace L4ReMusl.CommandLine;

/// <summary>
/// Finds errors in a command line that NUKE would ignore, warn about, or misunderstand.
/// </summary>
/// <param name="commandLine">The valid targets and parameters.</param>
public sealed class ArgumentCheck(CommandLineInfo commandLine)
{
    readonly ValueCheck values = new(commandLine);

    /// <summary>All problems, in the order of the command line, followed by the valid names.</summary>
    public IReadOnlyList<string> Problems(IReadOnlyList<string> arguments)
    {
        var given = ParsedArguments.Parse(arguments);
        var targets = given.Positional.SelectMany(values.OfTarget).ToList();
        var unknown = given.Parameters.Where(parameter => commandLine.FindParameter(parameter.Token) is null).ToList();
        var parameters = given.Parameters.SelectMany(OfParameter).ToList();
        return
        [
            .. targets,
            .. parameters,
            .. Repetitions(given),
            .. targets.Count > 0 ? [$"The targets are: {values.TargetNames}."] : (string[])[],
            .. unknown.Count > 0 ? [$"The parameters are: {ParameterNames}. '--help' explains them."] : (string[])[],
        ];
    }

    string ParameterNames => string.Join(", ", commandLine.Parameters.Where(p => p.IsListed).Select(p => p.Option));

    IEnumerable<string> OfParameter(GivenParameter given) => commandLine.FindParameter(given.Token) is { } parameter
        ? OfSpelling(given.Token, parameter).Concat(values.OfParameter(parameter, given.Values))
        : [Unknown(given)];

    static IEnumerable<string> OfSpelling(string token, ParameterInfo parameter) =>
        token.StartsWith("--", StringComparison.Ordinal) ? [] : [$"'{token}' has only one dash; write '{parameter.Option}'."];

    string Unknown(GivenParameter given)
    {
        var parts = given.Token.Split('=', 2);
        if (parts.Length == 2 && commandLine.FindParameter(parts[0]) is { } joined)
            return $"'{given.Token}' joins name and value, which are separate here; write '{joined.Option} {parts[1]}'.";
        if (int.TryParse(given.Token, out _))
            return $"'{given.Token}' is a negative number, which no parameter takes.";
        return $"There is no parameter '{given.Token}'."
            + NearestMatch.Question(parts[0], commandLine.Parameters.Where(p => p.IsListed).Select(p => p.Option));
    }

    IEnumerable<string> Repetitions(ParsedArguments given)
    {
        var known = given.Parameters.Select(p => commandLine.FindParameter(p.Token)).OfType<ParameterInfo>().ToList();
        foreach (var twice in known.GroupBy(parameter => parameter.Name).Where(group => group.Count() > 1))
            yield return $"'{twice.First().Option}' is given {twice.Count()} times, and only the last would count; give it once.";
        if (given.Positional.Count > 0 && known.Contains(EngineParameters.Target))
        {
            yield return $"Targets are named both first ('{string.Join(' ', given.Positional)}') and by '--target', "
                + "and the first ones would be ignored; name all of them in one place.";
        }
    }
}

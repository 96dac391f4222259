using System.Text.Json;
using L4ReMusl.Foundation.Text;

namespace L4ReMusl.CommandLine;

/// <summary>
/// Finds errors in a parameter file: NUKE ignores unknown keys, and only warns about wrong values.
/// </summary>
/// <param name="commandLine">The valid targets and parameters.</param>
public sealed class ParameterFileCheck(CommandLineInfo commandLine)
{
    const string Schema = "$schema";

    readonly ValueCheck values = new(commandLine);

    /// <summary>All problems, in the order of the file.</summary>
    public IReadOnlyList<string> Problems(ParameterFile file) =>
    [
        .. file.Entries.Where(entry => entry.Key != Schema).SelectMany(entry => OfEntry(entry, file.Path)),
        .. file.Entries.GroupBy(entry => entry.Key).Where(group => group.Count() > 1)
            .Select(twice => $"{file.Path} has the key \"{twice.Key}\" {twice.Count()} times; keep one of them."),
    ];

    IEnumerable<string> OfEntry(ParameterFileEntry entry, string file)
    {
        var name = $"\"{entry.Key}\" in {file}";
        return commandLine.Parameters.FirstOrDefault(parameter => parameter.Key == entry.Key) switch
        {
            null =>
            [
                $"{name} is not a parameter; keys are spelt exactly as here: {Keys}."
                    + $"{NearestMatch.Question(entry.Key, KeysOfFiles)}",
            ],
            { IsReadFromFiles: false } parameter => [$"{name} has no effect in a file; use '{parameter.Option}'."],
            var parameter => OfValue(parameter, name, entry.Value),
        };
    }

    IEnumerable<string> OfValue(ParameterInfo parameter, string name, JsonElement value) =>
        (parameter.Kind, value.ValueKind) switch
        {
            (_, JsonValueKind.Null) or (ParameterKind.Flag, JsonValueKind.True or JsonValueKind.False) => [],
            (ParameterKind.Flag, _) => [$"{name} must be true or false, without quotes, not {value.GetRawText()}."],
            (ParameterKind.List or ParameterKind.Targets, JsonValueKind.Array) =>
                value.EnumerateArray().SelectMany(item => OfItem(parameter, name, item)),
            (ParameterKind.List or ParameterKind.Targets, _) =>
                [$"{name} must be a list, such as {AsList(value)}, not {value.GetRawText()}."],
            (_, JsonValueKind.String) => values.OfWord(parameter, name, value.GetString()!),
            _ => [$"{name} must be in quotes, such as \"{value}\", not {value.GetRawText()}."],
        };

    IEnumerable<string> OfItem(ParameterInfo parameter, string name, JsonElement item) => item.ValueKind == JsonValueKind.String
        ? values.OfWord(parameter, name, item.GetString()!)
        : [$"{name} must be a list of strings in quotes, and {item.GetRawText()} is not one."];

    static string AsList(JsonElement value)
    {
        var words = value.ToString().Split([' ', ',', '+'], StringSplitOptions.RemoveEmptyEntries);
        return $"[{string.Join(", ", words.Select(word => $"\"{word}\""))}]";
    }

    IEnumerable<string> KeysOfFiles => commandLine.Parameters
        .Where(parameter => parameter is { IsListed: true, IsReadFromFiles: true })
        .Select(parameter => parameter.Key);

    string Keys => string.Join(", ", KeysOfFiles);
}

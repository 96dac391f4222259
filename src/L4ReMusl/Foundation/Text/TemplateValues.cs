using System.Text.RegularExpressions;

namespace L4ReMusl.Foundation.Text;

/// <summary>The values of <c>@NAME@</c> in templates; a name consists of letters, digits and underscores.</summary>
/// <param name="values">The values by their names.</param>
/// <remarks>Values are inserted literally: an <c>@NAME@</c> within a value is not replaced.</remarks>
public sealed partial class TemplateValues(IReadOnlyDictionary<string, string> values)
{
    readonly HashSet<string> used = [];

    /// <summary>Replaces each <c>@NAME@</c> by its value.</summary>
    /// <param name="text">The text of a template, or its name.</param>
    /// <param name="file">The template's file, for the message.</param>
    /// <exception cref="BuildException">The template uses a name that has no value.</exception>
    public string Expand(string text, string file) => Placeholder().Replace(text, match =>
    {
        var name = match.Groups[1].Value;
        used.Add(name);
        return values.GetValueOrDefault(name) ?? throw new BuildException(
            $"The template '{file}' uses {match.Value}, which has no value.{NearestMatch.Question(name, values.Keys)} "
            + $"It can use: {ListOf(values.Keys)}.");
    });

    /// <summary>Checks that the templates use all values; otherwise a placeholder is misspelt or missing.</summary>
    /// <param name="folder">Where the templates are, for the message.</param>
    /// <exception cref="BuildException">No template has used one of the values.</exception>
    public void DemandAllUsed(string folder)
    {
        if (values.Keys.Except(used).ToList() is { Count: > 0 } unused)
            throw new BuildException($"No template in '{folder}' uses {ListOf(unused)}; correct the template that should.");
    }

    static string ListOf(IEnumerable<string> names) =>
        string.Join(", ", names.Order(StringComparer.Ordinal).Select(name => $"@{name}@"));

    // Lower-case letters as well: no value has such a name, so a placeholder with them is reported as misspelt.
    [GeneratedRegex("@([A-Za-z_][A-Za-z0-9_]*)@")]
    private static partial Regex Placeholder();
}

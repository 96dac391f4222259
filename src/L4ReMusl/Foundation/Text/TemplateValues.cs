using System.Text.RegularExpressions;

namespace L4ReMusl.Foundation.Text;

/// <summary>What stands for <c>@NAME@</c> in templates; a name has letters, digits and underscores.</summary>
/// <param name="values">The values by their names.</param>
/// <remarks>A value is put in as it is: an <c>@NAME@</c> within it is none.</remarks>
public sealed partial class TemplateValues(IReadOnlyDictionary<string, string> values)
{
    readonly HashSet<string> used = [];

    /// <summary>Puts in the values.</summary>
    /// <param name="text">The text of a template, or its name.</param>
    /// <param name="file">The template's file, for the message.</param>
    /// <exception cref="BuildException">It uses a name that has no value.</exception>
    public string Expand(string text, string file) => Placeholder().Replace(text, match =>
    {
        var name = match.Groups[1].Value;
        used.Add(name);
        return values.GetValueOrDefault(name) ?? throw new BuildException(
            $"The template '{file}' uses {match.Value}, which has no value.{NearestMatch.Question(name, values.Keys)} "
            + $"It can use: {ListOf(values.Keys)}.");
    });

    /// <summary>Fails if there is a value that no template has used so far: a placeholder is misspelt or was lost.</summary>
    /// <param name="folder">Where the templates are, for the message.</param>
    /// <exception cref="BuildException">There is one.</exception>
    public void DemandAllUsed(string folder)
    {
        if (values.Keys.Except(used).ToList() is { Count: > 0 } unused)
            throw new BuildException($"No template in '{folder}' uses {ListOf(unused)}; correct the template that should.");
    }

    static string ListOf(IEnumerable<string> names) =>
        string.Join(", ", names.Order(StringComparer.Ordinal).Select(name => $"@{name}@"));

    // Small letters, too: no value has such a name, so that each of them is found to be misspelt.
    [GeneratedRegex("@([A-Za-z_][A-Za-z0-9_]*)@")]
    private static partial Regex Placeholder();
}

namespace L4ReMusl.Booting;

/// <summary>The fields of one package, in the format of Debian's indexes (deb822).</summary>
public sealed class DebianStanza
{
    readonly Dictionary<string, string> fields;

    DebianStanza(Dictionary<string, string> fields) => this.fields = fields;

    /// <summary>Reads the first stanza of a text. Of a field of several lines it takes the first.</summary>
    public static DebianStanza Parse(string text) => new(
        text.Split('\n')
            .TakeWhile(line => line.Length > 0)
            .Where(line => !char.IsWhiteSpace(line[0]) && line.Contains(':', StringComparison.Ordinal))
            .Select(line => line.Split(':', 2))
            .GroupBy(parts => parts[0], parts => parts[1].Trim(), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.OrdinalIgnoreCase));

    /// <summary>A field's value; empty if it is not there.</summary>
    public string this[string field] => fields.GetValueOrDefault(field, "");
}

namespace L4ReMusl.Debian;

/// <summary>The fields of one package, in the format of Debian's indexes (deb822).</summary>
public sealed class DebianStanza
{
    readonly Dictionary<string, List<string>> fields = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the first stanza of a text.</summary>
    public static DebianStanza Parse(string text)
    {
        var stanza = new DebianStanza();
        List<string>? field = null;
        foreach (var line in text.TrimStart('\n').Split('\n').TakeWhile(line => line.Length > 0))
        {
            if (char.IsWhiteSpace(line[0]))
                field?.Add(line.Trim());
            else if (line.Split(':', 2) is [var name, var value])
                stanza.fields.TryAdd(name, field = [value.Trim()]);
        }

        return stanza;
    }

    /// <summary>The first line of a field; empty if it is not there.</summary>
    public string this[string field] => fields.TryGetValue(field, out var lines) ? lines[0] : "";

    /// <summary>The lines of a field after its first.</summary>
    public IEnumerable<string> Lines(string field) => fields.TryGetValue(field, out var lines) ? lines.Skip(1) : [];
}

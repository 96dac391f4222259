using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace L4ReMusl.Auditing;

/// <summary>Reads an advisory from JSON in OSV's format 1.x. Unknown fields are ignored, since the format may grow.</summary>
/// <param name="origin">The file that contains it, for messages.</param>
public sealed partial class AdvisoryReader(string origin)
{
    const int MostItems = 200_000; // In any list. The longest in real data, versions of a kernel, have a few thousand.

    /// <summary>Reads one advisory.</summary>
    /// <exception cref="BuildException">It is not in OSV's format.</exception>
    public Advisory Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw Wrong("it", "an object, or a list of objects");
        var id = Text(json, "id", "");
        if (id.Length is 0 or > 200)
            throw Wrong("'id'", "a short text");
        return new Advisory(id, [.. List(json, "affected").Select(Affected)])
        {
            Aliases = Texts(json, "aliases"),
            Upstream = Texts(json, "upstream"),
            Summary = OneLine(Text(json, "summary", Text(json, "details", ""))),
            Modified = Time(json, "modified") ?? throw Wrong("'modified'", "a time such as 2025-02-14T15:55:59Z"),
            IsWithdrawn = Time(json, "withdrawn") is not null,
            Fixes =
            [
                .. List(json, "references")
                    .Where(IsFix)
                    .Select(fix => Commit(Text(fix, "url", "")))
                    .OfType<FixCommit>(),
            ],
            Origin = origin,
        };
    }

    AffectedPackage Affected(JsonElement json)
    {
        var package = Child(json, "package", JsonValueKind.Object);
        return new AffectedPackage(
            package is { } of ? Text(of, "ecosystem", "") : "",
            package is { } named ? Text(named, "name", "") : "",
            package is { } located ? Text(located, "purl", "") : "",
            [.. List(json, "ranges").Select(Range)],
            Texts(json, "versions"));
    }

    AdvisoryRange Range(JsonElement json) => new(
        Text(json, "type", "") switch
        {
            "GIT" => RangeType.Git,
            "SEMVER" => RangeType.Semver,
            "ECOSYSTEM" => RangeType.Ecosystem,
            _ => throw Wrong("'type' of a range", "GIT, SEMVER or ECOSYSTEM"),
        },
        Text(json, "repo", ""),
        [.. List(json, "events").Select(Event)]);

    RangeEvent Event(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Object
            && json.EnumerateObject().ToList() is [{ Value.ValueKind: JsonValueKind.String } only])
        {
            var version = only.Value.GetString()!;
            switch (only.Name)
            {
                case "introduced": return new RangeEvent(RangeEventKind.Introduced, version);
                case "fixed": return new RangeEvent(RangeEventKind.Fixed, version);
                case "last_affected": return new RangeEvent(RangeEventKind.LastAffected, version);
                case "limit": return new RangeEvent(RangeEventKind.Limit, version);
                default: break;
            }
        }

        throw Wrong("an event of a range", "one of introduced, fixed, last_affected and limit, with a version");
    }

    bool IsFix(JsonElement reference) => Text(reference, "type", "") == "FIX";

    // Matching takes quadratic time, so the length of an untrusted URL is limited.
    static FixCommit? Commit(string url) => url.Length < 1000 && CommitAddress().Match(url) is { Success: true } match
        ? new FixCommit(url, match.Groups["hash"].Value)
        : null;

    DateTimeOffset? Time(JsonElement json, string name) => Child(json, name, JsonValueKind.String)?.GetString() is { } text
        ? DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw Wrong($"'{name}'", "a time such as 2025-02-14T15:55:59Z")
        : null;

    string[] Texts(JsonElement json, string name) =>
    [
        .. List(json, name).Select(item =>
            item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Wrong($"'{name}'", "a list of texts")),
    ];

    List<JsonElement> List(JsonElement json, string name) => Child(json, name, JsonValueKind.Array) is not { } list ? []
        : list.GetArrayLength() <= MostItems ? [.. list.EnumerateArray()]
        : throw Wrong($"'{name}'", $"a list of at most {MostItems} items");

    string Text(JsonElement json, string name, string fallback) =>
        Child(json, name, JsonValueKind.String)?.GetString() ?? fallback;

    // In OSV's format, null means the same as a missing field.
    JsonElement? Child(JsonElement json, string name, JsonValueKind kind)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw Wrong($"what should have '{name}'", "an object");
        if (!json.TryGetProperty(name, out var child) || child.ValueKind == JsonValueKind.Null)
            return null;
        return child.ValueKind == kind ? child : throw Wrong($"'{name}'", Describe(kind));
    }

    static string Describe(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        _ => "a text",
    };

    BuildException Wrong(string what, string expected) =>
        new($"{origin} is not an advisory in OSV's format: {what} must be {expected}.");

    // Untrusted text is shown in a terminal, so it must have no line breaks or control characters.
    static string OneLine(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var line = new string([.. string.Join(' ', words).Where(c => !char.IsControl(c))]);
        return line.Length <= 160 ? line : line[..157] + "...";
    }

    [GeneratedRegex(@"(commit/?(\?|/|.*[?&;](id|h)=|.*/)|[?&;](id|h)=)(?<hash>[0-9a-f]{7,64})\b", RegexOptions.CultureInvariant)]
    private static partial Regex CommitAddress();
}

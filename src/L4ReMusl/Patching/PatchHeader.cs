using System.Text.RegularExpressions;
using L4ReMusl.Foundation.Files;

namespace L4ReMusl.Patching;

/// <summary>Reads the header of a patch: fields as in Debian's DEP-3, before the first <c>---</c> or <c>diff --git</c>.</summary>
/// <remarks>A line that begins with a space continues the field before it. https://dep-team.pages.debian.net/deps/dep3/</remarks>
static partial class PatchHeader
{
    static readonly string[] Names = ["Subject", "Why", "Reference", "Applies-Until", "CVE"];

    /// <summary>Reads a patch's header.</summary>
    /// <exception cref="BuildException">The header is incomplete, or has something other than the fields.</exception>
    public static Patch Read(string path)
    {
        var file = Path.GetFileName(path);
        var lines = File.ReadAllLines(path);
        var end = Array.FindIndex(lines, IsEnd);
        if (end < 0 || !lines[end..].Any(line => line.StartsWith("+++ ", StringComparison.Ordinal)))
            throw new BuildException($"The patch {file} has no diff after its header; add one, as from 'git diff'.");
        var fields = Fields(file, lines[..end]);
        string[] cves = [.. (fields.GetValueOrDefault("CVE") ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)];
        if (cves.FirstOrDefault(cve => !Cve().IsMatch(cve)) is { } bad)
        {
            throw new BuildException(
                $"The header of the patch {file} has the CVE '{bad}'; write it as CVE-2025-12345, and separate several with "
                + "spaces.");
        }

        return new Patch(
            path,
            Demand("Subject"),
            Demand("Why"),
            fields.GetValueOrDefault("Reference"),
            fields.GetValueOrDefault("Applies-Until"),
            cves,
            Fingerprint.Sha256OfFile(path));

        string Demand(string name) => fields.GetValueOrDefault(name)
            ?? throw new BuildException(
                $"The header of the patch {file} has no '{name}:'; every patch must say what it does (Subject) and why (Why).");
    }

    static bool IsEnd(string line) =>
        line == "---"
        || line.StartsWith("--- ", StringComparison.Ordinal)
        || line.StartsWith("diff --git ", StringComparison.Ordinal);

    static Dictionary<string, string> Fields(string file, string[] lines)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var current = "";
        foreach (var (index, line) in lines.Index())
        {
            var text = line.Trim();
            if (text.Length == 0)
                continue;
            if (char.IsWhiteSpace(line[0]) && current.Length > 0)
            {
                fields[current] = $"{fields[current]} {text}".TrimStart();
                continue;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            bool IsField(string name) => colon > 0 && name.Equals(line[..colon], StringComparison.OrdinalIgnoreCase);
            current = Names.FirstOrDefault(IsField) ?? "";
            if (current.Length == 0 || !fields.TryAdd(current, line[(colon + 1)..].Trim()))
            {
                throw new BuildException(
                    $"Line {index + 1} of the patch {file} ('{text}') must begin one of the fields {string.Join(", ", Names)}, "
                    + "each of them once, or continue one, with a space at its beginning.");
            }
        }

        return fields.Where(field => field.Value.Length > 0).ToDictionary(StringComparer.OrdinalIgnoreCase);
    }

    [GeneratedRegex(@"^CVE-\d{4}-\d{4,}$")]
    private static partial Regex Cve();
}

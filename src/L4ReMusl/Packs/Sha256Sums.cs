using System.Text.RegularExpressions;
using L4ReMusl.Sboms;

namespace L4ReMusl.Packs;

/// <summary>A file with the SHA-256 of all files in a folder, in the form that <c>sha256sum -c</c> reads.</summary>
public static partial class Sha256Sums
{
    /// <summary>The file's name.</summary>
    public const string FileName = "SHA256SUMS";

    /// <summary>Writes the content of such a file.</summary>
    public static string Of(IEnumerable<ProductFile> files) =>
        string.Concat(files.Select(file => $"{file.Sha256}  {file.Name}\n"));

    /// <summary>Reads the content of such a file.</summary>
    /// <exception cref="BuildException">A line is wrong.</exception>
    public static IReadOnlyList<ProductFile> Parse(string text)
    {
        var files = new List<ProductFile>();
        foreach (var (index, line) in text.TrimEnd('\n').Split('\n').Index())
        {
            var match = Line().Match(line);
            if (!match.Success)
                throw new BuildException($"{FileName}, line {index + 1}: must be a SHA-256, two spaces, and the name of a file.");
            var file = new ProductFile(match.Groups["name"].Value, match.Groups["sum"].Value);
            if (files.Exists(other => other.Name == file.Name))
                throw new BuildException($"{FileName}, line {index + 1}: '{file.Name}' already has a line.");
            files.Add(file);
        }

        return files;
    }

    // A name without a folder: whoever reads a foreign list must not be led out of its folder.
    [GeneratedRegex("^(?<sum>[0-9a-f]{64})  (?<name>[A-Za-z0-9][A-Za-z0-9._+~-]*)$")]
    private static partial Regex Line();
}

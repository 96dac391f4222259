namespace L4ReMusl.Patching;

/// <summary>The patches for a version, in the order in which they are applied.</summary>
/// <param name="Patches">The patches.</param>
public sealed record PatchSeries(IReadOnlyList<Patch> Patches)
{
    /// <summary>The name of the file that lists the patches, one per line; <c>#</c> begins a comment.</summary>
    /// <remarks>Name and format are those of quilt.</remarks>
    public const string FileName = "series";

    /// <summary>The vulnerabilities that the series closes.</summary>
    public IReadOnlyList<string> Cves => [.. Patches.SelectMany(patch => patch.Cves).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Reads the series in a folder, and the headers of its patches.</summary>
    /// <remarks>
    /// A line is the name of a patch in the folder, or <c>../VERSION/NAME</c>: a patch that several versions need is stored once,
    /// in the folder of one of them.
    /// </remarks>
    /// <exception cref="BuildException">The series and the patches in the folder don't match, or a header is wrong.</exception>
    public static PatchSeries Read(string folder)
    {
        var list = Path.Combine(folder, FileName);
        if (!File.Exists(list))
            throw new BuildException($"There is no {list}; create it, and leave it empty if the version needs no patches.");
        string[] lines = [.. File.ReadLines(list).Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0)];
        if (lines.FirstOrDefault(line => !IsEntry(line)) is { } bad)
        {
            throw new BuildException(
                $"{list} has the line '{bad}'; write the name of a patch in {folder}, or ../VERSION/NAME for one of another "
                + "version.");
        }

        if (lines.GroupBy(Path.GetFileName).FirstOrDefault(group => group.Count() > 1)?.Key is { } twice)
            throw new BuildException($"{list} names {twice} twice; remove one of the lines.");
        if (lines.FirstOrDefault(line => !File.Exists(Path.Combine(folder, line))) is { } missing)
        {
            throw new BuildException(
                $"{list} names {missing}, which is not in {Path.GetDirectoryName(Path.GetFullPath(missing, folder))}; add the "
                + "file, or remove the line.");
        }

        string[] files =
        [
            .. Directory.EnumerateFiles(folder, "*.patch")
                .Select(file => Path.GetFileName(file))
                .Order(StringComparer.Ordinal),
        ];
        if (files.FirstOrDefault(file => !lines.Contains(file)) is { } extra)
            throw new BuildException($"{Path.Combine(folder, extra)} is not in {list}; add a line for it, or delete it.");
        return new PatchSeries([.. lines.Select(line => PatchHeader.Read(Path.GetFullPath(line, folder)))]);
    }

    static bool IsEntry(string line) => line.Split('/') switch
    {
        [var name] => IsName(name),
        ["..", var version, var name] => IsName(version) && IsName(name),
        _ => false,
    };

    static bool IsName(string text) => text is not ("" or "." or "..");
}

namespace L4ReMusl.Patching;

/// <summary>The patches of a version, in the order in which they are applied.</summary>
/// <param name="Patches">The patches.</param>
public sealed record PatchSeries(IReadOnlyList<Patch> Patches)
{
    /// <summary>The name of the file that lists the patches, one per line; <c>#</c> begins a comment. (quilt's name and form.)</summary>
    public const string FileName = "series";

    /// <summary>The vulnerabilities that the series closes.</summary>
    public IReadOnlyList<string> Cves => [.. Patches.SelectMany(patch => patch.Cves).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Reads the series in a folder, and the headers of its patches.</summary>
    /// <exception cref="BuildException">The series and the patches in the folder don't match, or a header is bad.</exception>
    public static PatchSeries Read(string folder)
    {
        var list = Path.Combine(folder, FileName);
        if (!File.Exists(list))
            throw new BuildException($"There is no {list}; make it, empty if the version needs no patches.");
        string[] names = [.. File.ReadLines(list).Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0)];
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1)?.Key is { } twice)
            throw new BuildException($"{list} names {twice} twice; keep one of the lines.");
        if (names.FirstOrDefault(name => !File.Exists(Path.Combine(folder, name))) is { } missing)
            throw new BuildException($"{list} names {missing}, which is not in {folder}; add the file, or remove the line.");
        string[] files = [.. Directory.EnumerateFiles(folder, "*.patch").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        if (files.FirstOrDefault(file => !names.Contains(file)) is { } extra)
            throw new BuildException($"{Path.Combine(folder, extra)} is not in {list}; add a line for it, or delete it.");
        return new PatchSeries([.. names.Select(name => PatchHeader.Read(Path.Combine(folder, name)))]);
    }
}

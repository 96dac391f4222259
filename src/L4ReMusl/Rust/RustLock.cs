namespace L4ReMusl.Rust;

/// <summary>Reads the parts of a <c>Cargo.lock</c> that this build needs.</summary>
static class RustLock
{
    /// <summary>The names of the crates in it.</summary>
    public static IReadOnlySet<string> Crates(string path) =>
        Packages(path).Select(package => package.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>The version of a crate; <see langword="null"/> if the file does not list it.</summary>
    public static string? VersionOf(string path, string name) =>
        Packages(path).FirstOrDefault(package => package.Name == name).Version;

    static IEnumerable<(string Name, string Version)> Packages(string path)
    {
        var name = "";
        foreach (var line in File.ReadLines(path))
        {
            if (Value(line, "name") is { } value)
                name = value;
            else if (Value(line, "version") is { } version)
                yield return (name, version);
        }
    }

    static string? Value(string line, string key) =>
        line.StartsWith($"{key} = \"", StringComparison.Ordinal) ? line.Split('"')[1] : null;
}

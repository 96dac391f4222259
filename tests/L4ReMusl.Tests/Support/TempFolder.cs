namespace L4ReMusl.Tests.Support;

/// <summary>A temporary folder for a test, deleted with everything in it.</summary>
public sealed class TempFolder : IDisposable
{
    /// <param name="prefix">The beginning of its name; may contain spaces.</param>
    public TempFolder(string prefix = "l4re-musl-test-") => Path = Directory.CreateTempSubdirectory(prefix).FullName;

    public string Path { get; }

    public string this[params string[] parts] => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Writes a file, and makes the folders for it.</summary>
    public string Write(string path, string content)
    {
        var file = this[path];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        return file;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

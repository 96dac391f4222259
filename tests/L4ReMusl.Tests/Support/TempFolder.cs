namespace L4ReMusl.Tests.Support;

/// <summary>A folder for one test, removed at its end.</summary>
sealed class TempFolder : IDisposable
{
    public TempFolder(string suffix = "") => Path = Directory.CreateTempSubdirectory("l4re-musl-test-").FullName + suffix;

    public string Path
    {
        get;
        private init => field = Directory.CreateDirectory(value).FullName;
    }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}

namespace L4ReMusl.Tests.Support;

/// <summary>The repository that the tests were built in.</summary>
public static class RepositoryRoot
{
    public static string Path { get; } = Find();

    static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "global.json")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run from a clone of the repository.");
        return folder.FullName;
    }
}

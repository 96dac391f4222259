using L4ReMusl.Tests.Support;

namespace Bootstrap.Tests;

/// <summary>A cache folder, as <c>NUKE_CACHE_FOLDER</c> names it.</summary>
public sealed record CacheFolder(string Path)
{
    /// <summary>One for each repository, relative to its root, because tests must not use the cache of the user.</summary>
    public const string Own = ".nuke/temp/cache";

    const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The folder of the compiled builds.</summary>
    public string Builds => System.IO.Path.Combine(Path, "build");

    /// <summary>The compiled builds.</summary>
    public IReadOnlyList<string> Results => Directory.Exists(Builds) ? Directory.GetFiles(Builds, "*.tar") : [];

    /// <summary>Everything that is in the folder, without what killed builds have left.</summary>
    public IEnumerable<string> Names => Directory.GetFiles(Builds).Select(file => System.IO.Path.GetFileName(file));

    /// <summary>Copies the compiled builds to another cache folder.</summary>
    public CacheFolder CopyTo(string path)
    {
        var copy = new CacheFolder(path);
        Directory.CreateDirectory(copy.Builds, Private);
        foreach (var file in Directory.GetFiles(Builds))
            File.Copy(file, System.IO.Path.Combine(copy.Builds, System.IO.Path.GetFileName(file)));
        return copy;
    }
}

static class TempFolderExtensions
{
    /// <summary>Writes a shell script that can be run.</summary>
    public static void WriteProgram(this TempFolder folder, string path, string script) => File.SetUnixFileMode(
        folder.Write(path, $"#!/bin/sh\n{script}\n"), (UnixFileMode)0b111_101_101);
}

using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Sources;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>A pinned package from npm, of which only files are used: no script in it is run by npm.</summary>
/// <param name="name">Its name.</param>
/// <param name="version">Its version.</param>
/// <param name="sha256">SHA-256 of its archive.</param>
sealed class NpmPackage(string name, string version, string sha256)
{
    readonly Lazy<string> folder = new(() => Fetch(name, version, sha256));

    /// <summary>The folder with its files, in the user's cache.</summary>
    public string Folder => folder.Value;

    // Has npm's settings, such as another registry.
    static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    static string Fetch(string name, string version, string sha256)
    {
        var plainName = $"{name.TrimStart('@').Replace('/', '-')}-{version}";
        var folder = Path.Combine(BuildProgram.CacheFolder, "npm", plainName);
        if (Directory.Exists(folder))
            return folder;
        using var temp = new TempFolder();
        Tools.OfHost.Run(new ToolInvocation("npm", "pack", $"{name}@{version}", "--silent", "--ignore-scripts")
        {
            WorkingDirectory = temp.Path,
            Environment = new Dictionary<string, string> { ["HOME"] = Home },
            Timeout = TimeSpan.FromMinutes(5),
        }).OrThrow($"fetch the package {name}");
        var archive = temp[plainName + ".tgz"];
        Fingerprint.Sha256OfFile(archive).Should().Be(sha256, "the package is pinned");
        new ArchiveExtractor().Extract(archive, "package", temp["package"]);
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        FileTree.Copy(temp["package"], folder + ".new");
        Directory.Move(folder + ".new", folder);
        return folder;
    }
}

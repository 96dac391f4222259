using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Debian;

/// <summary>A small archive in Debian's format, in a folder, with a kernel and its own signing key.</summary>
public sealed class DebianArchive : IDisposable
{
    readonly TempFolder folder = new("an archive ");
    readonly TempFolder keys = new("keyring-"); // apt's Signed-By takes no spaces.
    readonly GpgHome key = new(), stranger = new();

    public DebianArchive()
    {
        Keyring = keys["test.asc"];
        key.ExportKey(Keyring);
        Publish("6.1.1-1");
    }

    public string Keyring { get; }

    public string Url => $"file:{folder.Path}";

    public string Index => folder["dists", "bookworm", "InRelease"];

    public string Packages => folder["dists", "bookworm", "main", "binary-arm64", "Packages"];

    public string FileOf(string version) => folder["pool", "main", "l", "linux", $"{NameOf(version)}_{version}_arm64.deb"];

    public static string NameOf(string version) => $"linux-image-{version}-cloud-arm64";

    public static string ContentOf(string version) => $"the kernel {version}\n";

    /// <summary>Replaces the content of the archive with one version of the kernel, and signs it.</summary>
    public void Publish(string version)
    {
        MakePackage(version);
        var file = FileOf(version);
        folder.Write("dists/bookworm/main/binary-arm64/Packages", $"""
            Package: linux-image-cloud-arm64
            Version: {version}
            Architecture: arm64
            Depends: {NameOf(version)} (= {version})
            Filename: pool/main/l/linux/none.deb
            Size: 1
            SHA256: {new string('0', 64)}
            Description: for tests

            Package: {NameOf(version)}
            Version: {version}
            Architecture: arm64
            Filename: {Path.GetRelativePath(folder.Path, file)}
            Size: {new FileInfo(file).Length}
            SHA256: {Fingerprint.Sha256OfFile(file)}
            Description: for tests

            """);
        Sign(key);
    }

    /// <summary>Makes a suite of source packages.</summary>
    public void PublishSources(string suite, string sources, bool byStranger = false)
    {
        folder.Write($"dists/{suite}/main/source/Sources", sources);
        Sign(byStranger ? stranger : key, suite, Path.Combine("main", "source", "Sources"));
    }

    /// <summary>Makes a suite of packages for amd64.</summary>
    public void PublishPackages(string suite, string packages, bool byStranger = false)
    {
        folder.Write($"dists/{suite}/main/binary-amd64/Packages", packages);
        Sign(byStranger ? stranger : key, suite, Path.Combine("main", "binary-amd64", "Packages"));
    }

    public void SignByStranger() => Sign(stranger);

    public void Dispose()
    {
        foreach (var part in (IDisposable[])[key, stranger, keys, folder])
            part.Dispose();
    }

    void MakePackage(string version)
    {
        using var tree = new TempFolder();
        tree.Write($"boot/vmlinuz-{version}", ContentOf(version));
        tree.Write($"lib/modules/{version}/module.ko", "module");
        tree.Write(
            "DEBIAN/control",
            $"Package: {NameOf(version)}\nVersion: {version}\nArchitecture: arm64\nMaintainer: nobody\nDescription: for tests\n");
        File.SetUnixFileMode(tree["DEBIAN"], FileModes.Program);
        Directory.CreateDirectory(Path.GetDirectoryName(FileOf(version))!);
        Tools.OfHost.Run(new ToolInvocation("dpkg-deb", "--build", tree.Path, FileOf(version))).OrThrow("make a package");
    }

    void Sign(GpgHome by) => Sign(by, "bookworm", Path.Combine("main", "binary-arm64", "Packages"));

    void Sign(GpgHome by, string suite, string index)
    {
        var file = folder["dists", suite, index];
        var release = folder.Write($"dists/{suite}/Release", $"""
            Origin: Debian
            Label: Debian
            Suite: {suite}
            Codename: {suite}
            Date: {DateTimeOffset.UtcNow.AddMinutes(-1):R}
            Architectures: amd64 arm64
            Components: main
            SHA256:
             {Fingerprint.Sha256OfFile(file)} {new FileInfo(file).Length} {index}

            """.Replace("GMT", "UTC", StringComparison.Ordinal));
        var signed = folder["dists", suite, "InRelease"];
        File.Delete(signed);
        by.ClearSign(release, signed);
        File.Delete(release);
    }
}

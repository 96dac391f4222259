using System.Text;

namespace L4ReMusl.Debian;

/// <summary>
/// The configuration of an apt of our own: its state lies in one folder, and it trusts one key. Of the host's configuration stay the
/// proxies, the passwords (<c>auth.conf.d</c>) and how to download.
/// </summary>
/// <param name="folder">The folder.</param>
/// <param name="architecture">Debian's name of the architecture.</param>
/// <param name="keyring">The public keys that may sign.</param>
/// <param name="isSource">Whether it is about source packages.</param>
sealed class DebianAptConfiguration(string folder, string architecture, string keyring, bool isSource)
{
    // Could hold the host's proxy; our own file takes its place, so it has to be named there.
    const string HostMainFile = "/etc/apt/apt.conf";

    // No hooks of the host (they change its state), no indexes but that of packages, and no way around the signature.
    const string Fixed = """
        #clear APT::Update;
        #clear APT::Architectures;
        #clear Acquire::IndexTargets;
        APT::Update::Error-Mode "any";
        Acquire::IndexTargets::deb::Packages {
            MetaKey "$(COMPONENT)/binary-$(ARCHITECTURE)/Packages";
            flatMetaKey "Packages";
            ShortDescription "Packages";
            Description "$(RELEASE)/$(COMPONENT) $(ARCHITECTURE) Packages";
            Optional "false";
        };
        Acquire::IndexTargets::deb-src::Sources {
            MetaKey "$(COMPONENT)/source/Sources";
            ShortDescription "Sources";
            Description "$(RELEASE)/$(COMPONENT) Sources";
            Optional "false";
        };
        Acquire::GzipIndexes "true";
        Acquire::PDiffs "false";
        Acquire::Retries "2";
        Acquire::AllowInsecureRepositories "false";
        Acquire::AllowWeakRepositories "false";
        Acquire::AllowDowngradeToInsecureRepositories "false";
        APT::Get::AllowUnauthenticated "false";
        Dir::Cache::pkgcache "";
        Dir::Cache::srcpkgcache "";
        Dir::Etc::sourcelist "/dev/null";
        Dir::Etc::trusted "/dev/null";
        Dir::Etc::preferences "/dev/null";

        """;

    /// <summary>The folder of the indexes.</summary>
    public string Lists => Path.Combine(folder, "state", "lists");

    /// <summary>The variable that makes apt read this configuration.</summary>
    /// <remarks>apt reads that file first and the host's files after it, then the "main" file: only that one has the last word.</remarks>
    public Dictionary<string, string> Variables => new() { ["APT_CONFIG"] = In("first.conf") };

    /// <summary>Writes the configuration.</summary>
    public void Write()
    {
        foreach (var name in (string[])["state/lists/partial", "cache/archives/partial", "sources", "empty"])
            Directory.CreateDirectory(In(name));
        File.WriteAllText(In("status"), "");
        File.WriteAllText(In("first.conf"), $"Dir::Etc::main \"{In("apt.conf")}\";\n");
        File.WriteAllText(In("apt.conf"), Main());
    }

    /// <summary>Names the one source.</summary>
    public void WriteSource(string mirror, string suite)
    {
        var file = In("sources/debian.sources");
        File.WriteAllText(file, "");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite); // A mirror's address may hold a password.
        File.WriteAllText(file, $"""
            Types: {(isSource ? "deb-src" : "deb")}
            URIs: {mirror.Replace(" ", "%20", StringComparison.Ordinal)}
            Suites: {suite}
            Components: main
            Architectures: {architecture}
            Signed-By: {keyring}

            """);
    }

    string Main()
    {
        var text = new StringBuilder();
        if (File.Exists(HostMainFile))
            text.Append($"#include \"{HostMainFile}\";\n");
        text.Append(Fixed);
        text.Append($"APT::Architecture \"{architecture}\";\nAPT::Architectures {{ \"{architecture}\"; }};\n");
        foreach (var (name, path) in Places())
            text.Append($"{name} \"{In(path)}\";\n");
        return text.ToString();
    }

    static IEnumerable<(string Name, string Path)> Places() =>
    [
        ("Dir::State", "state"),
        ("Dir::State::status", "status"),
        ("Dir::Cache", "cache"),
        ("Dir::Log", "log"),
        ("Dir::Etc::sourceparts", "sources"),
        ("Dir::Etc::trustedparts", "empty"),
        ("Dir::Etc::preferencesparts", "empty"),
    ];

    string In(string path) => Path.Combine(folder, path);
}

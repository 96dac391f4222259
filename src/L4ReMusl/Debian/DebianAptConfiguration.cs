using System.Text;

namespace L4ReMusl.Debian;

/// <summary>
/// The configuration of an apt whose state lies in one folder, and which trusts only the keys of one keyring. It keeps the host's
/// proxies, passwords (<c>auth.conf.d</c>) and download methods.
/// </summary>
/// <param name="folder">The folder.</param>
/// <param name="architecture">Debian's name of the architecture.</param>
/// <param name="keyring">The trusted public keys.</param>
/// <param name="isSource">Whether to use source packages.</param>
sealed class DebianAptConfiguration(string folder, string architecture, string keyring, bool isSource)
{
    // It may name the host's proxy. Our file replaces it, and so must include it.
    const string HostMainFile = "/etc/apt/apt.conf";

    // No hooks of the host (they change its state), no indexes but those of packages, and nothing without a good signature.
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
    /// <remarks>
    /// apt reads this file first, then the host's files, and then the "main" file, which overrides the others.
    /// </remarks>
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

using L4ReMusl.Debian;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Text;
using L4ReMusl.Sources;
using Serilog;

namespace L4ReMusl.Cxx;

/// <summary>
/// Finds the sources of a version of GCC in Debian's archive, whose signed indexes give their hashes: the package
/// <c>gcc-VERSION-source</c>, from which Debian builds its cross compilers.
/// </summary>
/// <param name="folder">Where the indexes are kept.</param>
/// <param name="mirrors">The mirrors of Debian's archive.</param>
/// <param name="isOffline">Whether the network must not be used.</param>
/// <param name="tools">Runs apt.</param>
/// <param name="log">Receives where the search goes.</param>
/// <param name="keyring">The public keys of the valid signers.</param>
public sealed class CxxSourceArchive(
    string folder, DebianMirrors mirrors, bool isOffline, ToolRunner tools, ILogger log, string keyring = DebianApt.DebianKeyring)
{
    // From the oldest whose compiler can build musl's programs: it has the longest life ahead of it on the machines of users.
    static readonly string[] Suites = ["bookworm", "trixie", "forky", "sid"];

    /// <summary>Finds the package with the sources of a version.</summary>
    /// <param name="version">The version, such as <c>12.2.0</c>.</param>
    /// <exception cref="BuildException">No suite has them, or no suite could be read.</exception>
    public SourceArchive Find(string version)
    {
        var package = PackageOf(version);
        if (isOffline)
            throw new BuildException($"the package {package} is not in the cache, and the build is offline.");
        if (mirrors.Candidates().Count == 0)
            throw new BuildException($"apt on this host uses no mirror of Debian to look for {package} {version}.");
        var failures = new List<string>();
        foreach (var suite in Suites)
        {
            log.Information("Looking for {Package} {Version} in Debian's {Suite}", package, version, suite);
            if (FindIn(suite, package, version, failures) is { } found)
                return found;
        }

        throw new BuildException(
            $"none of Debian's suites {string.Join(", ", Suites)} has {package} of version {version}."
            + IndentedLines.Of(failures.Distinct()));
    }

    /// <summary>The package that has the sources of a version.</summary>
    public static string PackageOf(string version) => $"gcc-{version.Split('.')[0]}-source";

    SourceArchive? FindIn(string suite, string package, string version, List<string> failures)
    {
        // The package is the same for all architectures, but apt needs one; it need not be the host's.
        var apt = new DebianApt(Path.Combine(folder, $"{suite}-amd64"), "amd64", keyring, tools);
        if (!apt.UpdateFromAny(mirrors, suite, failures))
            return null;
        var stanza = apt.Find(package);
        var found = stanza?["Version"] ?? "";
        if (stanza is not null && found.StartsWith($"{version}-", StringComparison.Ordinal))
            return Archive(stanza, version);
        failures.Add($"{suite} has {(found.Length > 0 ? found : $"no {package}")}");
        return null;
    }

    static SourceArchive Archive(DebianStanza stanza, string version)
    {
        var path = stanza["Filename"];
        return new SourceArchive(
            "gcc", version, default, Path.GetFileName(path), long.Parse(stanza["Size"]), stanza["SHA256"], "", [], path, null);
    }
}

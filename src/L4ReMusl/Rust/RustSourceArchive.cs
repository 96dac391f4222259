using L4ReMusl.Debian;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Text;
using L4ReMusl.Sources;
using Serilog;

namespace L4ReMusl.Rust;

/// <summary>Finds the sources of a version of Rust in Debian's archive, whose signed indexes give their hashes.</summary>
/// <param name="folder">Where the indexes are kept.</param>
/// <param name="mirrors">The mirrors of Debian's archive.</param>
/// <param name="isOffline">Whether the network must not be used.</param>
/// <param name="tools">Runs apt.</param>
/// <param name="log">Receives where the search goes.</param>
/// <param name="keyring">The public keys of the valid signers.</param>
public sealed class RustSourceArchive(
    string folder, DebianMirrors mirrors, bool isOffline, ToolRunner tools, ILogger log, string keyring = DebianApt.DebianKeyring)
{
    // Smallest index first: backports gets each new version for a while, and its index is a fiftieth of unstable's.
    static readonly string[] Suites = ["trixie-backports", "trixie", "forky", "sid"];

    /// <summary>Finds the sources of a version.</summary>
    /// <exception cref="BuildException">No suite has them, or no suite could be read.</exception>
    public SourceArchive Find(string version)
    {
        if (isOffline)
            throw new BuildException($"the sources of Rust {version} are not in the cache, and the build is offline.");
        if (mirrors.Candidates().Count == 0)
            throw new BuildException($"apt on this host uses no mirror of Debian to look for the sources of Rust {version}.");
        var failures = new List<string>();
        foreach (var suite in Suites)
        {
            log.Information("Looking for the sources of Rust {Version} in Debian's {Suite}", version, suite);
            if (FindIn(suite, version, failures) is { } found)
                return found;
        }

        throw new BuildException($"none of Debian's suites {string.Join(", ", Suites)} has the sources of Rust {version}."
            + IndentedLines.Of(failures.Distinct()));
    }

    SourceArchive? FindIn(string suite, string version, List<string> failures)
    {
        // Sources have no architecture, but apt needs one; it need not be the host's.
        var apt = new DebianApt(Path.Combine(folder, $"{suite}-source"), "amd64", keyring, tools, isSource: true);
        return apt.UpdateFromAny(mirrors, suite, failures)
            ? apt.ShowSources("rustc").Select(stanza => Archive(stanza, version)).OfType<SourceArchive>().LastOrDefault()
            : null;
    }

    // The line of the release itself: "<SHA-256> <size> rustc_1.95.0+dfsg1.orig.tar.xz". Debian removed what is not free, and
    // what it packages separately, such as LLVM.
    static SourceArchive? Archive(DebianStanza stanza, string version)
    {
        var line = stanza.Lines("Checksums-Sha256").Select(line => line.Split(' ')).FirstOrDefault(words =>
            words is [_, _, var file]
            && file.StartsWith($"rustc_{version}+dfsg", StringComparison.Ordinal)
            && file.EndsWith(".orig.tar.xz", StringComparison.Ordinal));
        return line is null
            ? null
            : new SourceArchive(
                "rustc", version, default, line[2], long.Parse(line[1]), line[0], $"rustc-{version}-src", [],
                $"{stanza["Directory"]}/{line[2]}", null);
    }
}

using System.Globalization;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Sources;

namespace L4ReMusl.Debian;

/// <summary>Finds and downloads Debian packages, for any architecture, with an apt that is independent of the host's.</summary>
/// <remarks>
/// apt checks the signature of the index, and each file against the index. Only one process may use a folder at a time.
/// </remarks>
public sealed class DebianApt
{
    /// <summary>The keys that sign Debian's archive, as the package debian-archive-keyring installs them.</summary>
    public const string DebianKeyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

    const string DateField = "Date: ";

    readonly DebianAptConfiguration configuration;
    readonly ToolRunner tools;

    /// <summary>Makes an apt with its state in <paramref name="folder"/>.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="architecture">Debian's name of the architecture.</param>
    /// <param name="keyring">The trusted public keys.</param>
    /// <param name="tools">Runs <c>apt-get</c> and <c>apt-cache</c>.</param>
    /// <param name="isSource">Whether to use source packages.</param>
    public DebianApt(string folder, string architecture, string keyring, ToolRunner tools, bool isSource = false)
    {
        (configuration, this.tools) = (new DebianAptConfiguration(folder, architecture, keyring, isSource), tools);
        configuration.Write();
    }

    /// <summary>SHA-256 of the signed index; <see langword="null"/> if none was fetched.</summary>
    public string? IndexSha256 =>
        Directory.EnumerateFiles(configuration.Lists).Where(IsSignedIndex).Select(Fingerprint.Sha256OfFile).FirstOrDefault();

    /// <summary>The date of the signed index; <see langword="null"/> if it does not say.</summary>
    public DateTimeOffset? IndexDate => Directory.EnumerateFiles(configuration.Lists).Where(IsSignedIndex)
        .SelectMany(File.ReadLines)
        .Where(line => line.StartsWith(DateField, StringComparison.Ordinal))
        .Select(line => DateTimeOffset.TryParse(
            line[DateField.Length..].Replace("UTC", "GMT", StringComparison.Ordinal), CultureInfo.InvariantCulture, out var date)
            ? date
            : (DateTimeOffset?)null)
        .FirstOrDefault();

    /// <summary>Fetches the index from the first of several mirrors that has it with a good signature.</summary>
    /// <param name="mirrors">The mirrors, in the order in which to try them.</param>
    /// <param name="suite">The suite.</param>
    /// <param name="failures">Receives the error of each mirror that failed.</param>
    /// <returns>Whether a mirror had it.</returns>
    public bool UpdateFromAny(DebianMirrors mirrors, string suite, ICollection<string> failures)
    {
        foreach (var mirror in mirrors.Candidates())
        {
            try
            {
                Update(mirror, suite);
                return true;
            }
            catch (BuildException e)
            {
                failures.Add(e.Message);
            }
        }

        return false;
    }

    /// <summary>Fetches the index from a mirror, and checks its signature.</summary>
    /// <exception cref="BuildException">It cannot be fetched, or no key in the keyring has signed it.</exception>
    public void Update(string mirror, string suite)
    {
        // Files from another mirror must not stand in for those that this one fails to deliver.
        FileTree.Delete(configuration.Lists);
        configuration.Write();
        configuration.WriteSource(mirror, suite);
        var result = Run("apt-get", ["update"]);
        if (result.Succeeded && IndexSha256 is not null)
            return;
        FileTree.Delete(configuration.Lists);
        throw new BuildException($"{ArchiveLocation.At(mirror)}: {Complaint(result)}");
    }

    /// <summary>What the index says about the newest version of a package.</summary>
    /// <exception cref="BuildException">There is no such package.</exception>
    public DebianStanza Show(string package) => Find(package)
        ?? throw new BuildException($"Debian's index has no package '{package}'; name another mirror with --debian-mirror.");

    /// <summary>The same; <see langword="null"/> if there is no such package.</summary>
    public DebianStanza? Find(string package)
    {
        var result = Run("apt-cache", ["show", "--no-all-versions", package]);
        return result.Succeeded && result.Output.Length > 0 ? DebianStanza.Parse(result.Output) : null;
    }

    /// <summary>What the index says about all versions of a source package; empty if there is none.</summary>
    public IReadOnlyList<DebianStanza> ShowSources(string package) =>
    [
        .. Run("apt-cache", ["showsrc", "--only-source", package]).Output
            .Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(DebianStanza.Parse),
    ];

    /// <summary>Downloads a package's file into an empty folder.</summary>
    /// <returns>Its path.</returns>
    /// <exception cref="BuildException">It cannot be downloaded, or does not match the index.</exception>
    public string Download(string package, string version, string folder)
    {
        var result = Run("apt-get", ["download", $"{package}={version}"], folder);
        return result.Succeeded && Directory.EnumerateFiles(folder, "*.deb").SingleOrDefault() is { } file
            ? file
            : throw new BuildException(Complaint(result));
    }

    ToolResult Run(string tool, string[] arguments, string? folder = null) =>
        tools.Run(new ToolInvocation(tool, ["-q", .. arguments])
        {
            Environment = configuration.Variables,
            WorkingDirectory = folder,
            Timeout = TimeSpan.FromMinutes(30),
        });

    static bool IsSignedIndex(string path) =>
        path.EndsWith("_InRelease", StringComparison.Ordinal) || path.EndsWith("_Release", StringComparison.Ordinal);

    static string Complaint(ToolResult result)
    {
        var lines = result.Error.Split('\n')
            .Where(line => line.StartsWith("E:", StringComparison.Ordinal) || line.StartsWith("W:", StringComparison.Ordinal))
            .Select(line => line[2..].Trim());
        return string.Join("; ", lines.DefaultIfEmpty($"'{result.Invocation.Tool}' ended with exit code {result.ExitCode}"));
    }
}

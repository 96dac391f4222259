using L4ReMusl.Debian;
using L4ReMusl.Foundation.Processes;
using Serilog;

namespace L4ReMusl.Cxx;

/// <summary>
/// Finds the package <c>gcc-VERSION-source</c> of the host's own distribution, whichever that is: what is installed, or in a
/// repository that its apt uses. Ubuntu has other versions of GCC than Debian, and packages the sources in the same way.
/// </summary>
/// <param name="isOffline">Whether the network must not be used.</param>
/// <param name="tools">Runs apt.</param>
/// <param name="log">Receives what is downloaded.</param>
/// <param name="installed">The folder in which such packages put their files.</param>
public sealed class HostCxxSources(bool isOffline, ToolRunner tools, ILogger log, string installed = "/usr/src")
{
    /// <summary>The archive of sources of a version that is installed; <see langword="null"/> if there is none.</summary>
    public string? FindInstalled(string version)
    {
        var folder = Path.Combine(installed, $"gcc-{version.Split('.')[0]}");
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "gcc-*.tar.xz").FirstOrDefault(file => IsOf(version, Path.GetFileName(file)))
            : null;
    }

    /// <summary>Downloads the package with the sources of a version, which the host's apt checks.</summary>
    /// <param name="version">The version, such as <c>13.3.0</c>.</param>
    /// <param name="folder">An empty folder to put it into.</param>
    /// <returns>Its file; <see langword="null"/> if the host's repositories do not have that version.</returns>
    public string? Download(string version, string folder)
    {
        if (isOffline || tools.Find("apt-get") is null || tools.Find("apt-cache") is null)
            return null;
        var package = CxxSourceArchive.PackageOf(version);
        var found = tools.Run(new ToolInvocation("apt-cache", "show", package)).Output
            .Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(stanza => DebianStanza.Parse(stanza)["Version"])
            .FirstOrDefault(one => one.StartsWith($"{version}-", StringComparison.Ordinal));
        if (found is null)
            return null;
        log.Information("Downloading {Package} {Version} with apt-get", package, found);
        var result = tools.Run(new ToolInvocation("apt-get", "-q", "download", $"{package}={found}")
        {
            WorkingDirectory = folder,
            Timeout = TimeSpan.FromMinutes(30),
        });
        if (result.Succeeded && Directory.EnumerateFiles(folder, "*.deb").FirstOrDefault() is { } file)
            return file;
        log.Warning("{Package} {Version} could not be downloaded: {Reason}", package, found, result.Error.Trim());
        return null;
    }

    // Debian's archive is gcc-12.2.0-dfsg.tar.xz, and Ubuntu's gcc-13.3.0.tar.xz.
    static bool IsOf(string version, string file) =>
        file == $"gcc-{version}.tar.xz" || file.StartsWith($"gcc-{version}-", StringComparison.Ordinal);
}

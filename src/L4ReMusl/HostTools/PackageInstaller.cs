using L4ReMusl.Foundation.Reports;

namespace L4ReMusl.HostTools;

/// <summary>Installs packages that only some runs turn out to need.</summary>
/// <param name="aptGet">Installs them.</param>
/// <param name="mayInstall">Whether packages may be installed.</param>
/// <param name="logFile">Where the output of an installation goes.</param>
public sealed class PackageInstaller(AptGet aptGet, Verdict mayInstall, string logFile)
{
    /// <summary>Installs packages, if that is allowed and possible.</summary>
    /// <returns>Whether it was.</returns>
    /// <exception cref="BuildException">It was, and failed.</exception>
    public bool TryInstall(IReadOnlyList<string> packages)
    {
        if (!mayInstall.And(aptGet.CanInstall).IsGood)
            return false;
        aptGet.Install(packages, logFile);
        return true;
    }
}

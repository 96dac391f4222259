using L4ReMusl.Foundation.Reports;

namespace L4ReMusl.HostTools;

/// <summary>Installs packages that a run finds out it needs only after it has started.</summary>
/// <param name="aptGet">Installs them.</param>
/// <param name="mayInstall">Whether packages may be installed.</param>
/// <param name="logFile">Where the output of an installation goes.</param>
public sealed class PackageInstaller(AptGet aptGet, Verdict mayInstall, string logFile)
{
    /// <summary>Installs packages, if that is allowed and possible.</summary>
    /// <returns>Whether they were installed.</returns>
    /// <exception cref="BuildException">The installation failed.</exception>
    public bool TryInstall(IReadOnlyList<string> packages)
    {
        if (!mayInstall.And(aptGet.CanInstall).IsGood)
            return false;
        aptGet.Install(packages, logFile);
        return true;
    }
}

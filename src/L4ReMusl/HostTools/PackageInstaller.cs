using L4ReMusl.Foundation.Reports;

namespace L4ReMusl.HostTools;

/// <summary>Installs packages that a run finds out it needs only after it has started.</summary>
/// <param name="aptGet">Installs them.</param>
/// <param name="mayInstall">Whether packages may be installed.</param>
/// <param name="logFile">Where the output of an installation goes.</param>
public sealed class PackageInstaller(AptGet aptGet, Verdict mayInstall, string logFile)
{
    /// <summary>Installs packages, if that is allowed and possible.</summary>
    /// <returns>Whether they were installed; another distribution than Debian may not have them.</returns>
    public Verdict TryInstall(IReadOnlyList<string> packages) => mayInstall.And(aptGet.CanInstall).And(() =>
    {
        try
        {
            aptGet.Install(packages, logFile);
            return Verdict.Good;
        }
        catch (BuildException e)
        {
            return Verdict.Bad(e.Message);
        }
    });
}

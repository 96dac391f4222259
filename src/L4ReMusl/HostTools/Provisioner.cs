using L4ReMusl.Foundation.Reports;
using Serilog;

namespace L4ReMusl.HostTools;

/// <summary>What provisioning found and did.</summary>
/// <param name="Tools">The tools, with versions only if something was missing.</param>
/// <param name="Installed">The packages that were installed.</param>
public sealed record ProvisionResult(IReadOnlyList<ToolStatus> Tools, IReadOnlyList<string> Installed);

/// <summary>Makes sure that the host has the tools that the build needs.</summary>
/// <param name="inventory">Looks for them.</param>
/// <param name="aptGet">Installs them.</param>
/// <param name="host">The host.</param>
/// <param name="log">Reports what is missing, and what is done about it.</param>
public sealed class Provisioner(HostInventory inventory, AptGet aptGet, HostSystem host, ILogger log)
{
    /// <summary>Installs what is missing, if that is possible and allowed.</summary>
    /// <param name="tools">The tools that are needed.</param>
    /// <param name="permission">Whether packages may be installed.</param>
    /// <param name="logFile">Where the output of an installation goes.</param>
    /// <exception cref="BuildException">Something is still missing; the message says what to do.</exception>
    public ProvisionResult Provision(IReadOnlyList<HostTool> tools, Verdict permission, string logFile)
    {
        var found = inventory.LookUp(tools);
        if (!found.Any(status => status.IsMissing))
            return new ProvisionResult(found, []);

        found = inventory.Inspect(tools);
        var missing = found.Where(status => status.IsMissing).ToList();
        log.Information("Host tools:{NewLine:l}{Table:l}", Environment.NewLine, ToolTable.Render(found));
        var isPossible = permission.And(aptGet.CanInstall);
        if (!isPossible.IsGood && missing.TrueForAll(status => status.Tool.IsWanted))
        {
            log.Warning(
                "The host lacks {Tools:l}; nothing was installed, because {Obstacle:l}", NamesOf(missing), isPossible.Reason);
            return new ProvisionResult(found, []);
        }

        if (!isPossible.IsGood || missing.Any(status => status.Tool.Package is null))
            throw Stop(missing, isPossible);

        var packages = PackagesOf(missing);
        aptGet.Install(packages, logFile);
        found = inventory.Inspect(tools);
        if (found.FirstOrDefault(status => status.IsMissing) is { } still)
        {
            throw new BuildException(
                $"'{still.Tool.Name}' is still missing although the package '{still.Tool.Package}' was installed; "
                + $"see {logFile}, and check that PATH has its folder.");
        }

        log.Information("Host tools, installed {Packages:l}:{NewLine:l}{Table:l}",
            string.Join(", ", packages), Environment.NewLine, ToolTable.Render(found));
        return new ProvisionResult(found, packages);
    }

    BuildException Stop(IReadOnlyList<ToolStatus> missing, Verdict isPossible)
    {
        var packaged = missing.Where(status => status.Tool.Package is not null).ToList();
        var why = !isPossible.IsGood && packaged.Count > 0 ? $"; nothing was installed, because {isPossible.Reason}" : "";
        var lines = new List<string>
        {
            $"The host lacks {NamesOf(missing)}{why}.",
            ToolTable.Render(missing),
        };
        lines.AddRange(missing.Where(status => status.Tool.Package is null || status.Tool.Remedy is not null).Select(status =>
            $"For '{status.Tool.Name}': {status.Tool.Remedy ?? "put it into a folder of PATH."}"));
        if (packaged.Count > 0)
        {
            lines.Add(host.IsDebianLike
                ? $"Install with: {AptGet.CommandFor(PackagesOf(packaged))}"
                : "Install them with the package manager of this system; the packages above are Debian's names for them.");
        }

        return new BuildException(string.Join(Environment.NewLine, lines));
    }

    static string NamesOf(IEnumerable<ToolStatus> tools) => string.Join(", ", tools.Select(status => $"'{status.Tool.Name}'"));

    static List<string> PackagesOf(IEnumerable<ToolStatus> tools) =>
        [.. tools.Select(status => status.Tool.Package).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
}

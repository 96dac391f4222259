using System.ComponentModel;
using Nuke.Common;

/// <summary>The proof that what is shipped has no known hole.</summary>
interface IAudit : ICompileComponents
{
    [Category("The project itself")]
    [Parameter("Files and folders with advisories in OSV's format, also OSV's dumps as they are. "
        + "Default: those in config/advisories. Example: --advisories ~/osv/all.zip")]
    string[] Advisories => TryGetValue(() => Advisories) ?? [];

    [Category("The project itself")]
    Target Audit => _ => _
        .Description("Compares what is shipped with advisories, without a network; fails if one is open: "
            + "not fixed by a patch, not harmless, and not waived")
        .Executes(() => Reach(nameof(Audit)));
}

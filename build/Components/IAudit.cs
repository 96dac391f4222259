using System.ComponentModel;
using L4ReMusl.Settings;
using Nuke.Common;

/// <summary>The proof that nothing that ships has a known vulnerability.</summary>
interface IAudit : ICompileComponents
{
    [Parameter(Parameters.AdvisoriesText)]
    string[] Advisories => TryGetValue(() => Advisories) ?? [];

    [Category("Project")]
    Target Audit => _ => _
        .Description("Checks everything that ships against security advisories, without a network; fails if one is open: "
            + "not fixed by a patch, not harmless, and not waived")
        .Executes(() => Reach(nameof(Audit)));
}

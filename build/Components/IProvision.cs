using System.ComponentModel;
using L4ReMusl.Settings;
using Nuke.Common;

/// <summary>The host tools: listing them, and installing missing ones.</summary>
interface IProvision : IHazPipeline
{
    [Parameter(Parameters.NoProvisionText)]
    bool NoProvision => TryGetValue<bool?>(() => NoProvision) ?? false;

    [Category("Host tools")]
    Target Provision => _ => _
        .Description("Checks the host tools that the selected targets need, and installs missing ones if allowed")
        .Executes(() => Reach(nameof(Provision)));

    [Category("Host tools")]
    Target Doctor => _ => _
        .Description("Lists all host tools, and changes nothing")
        .Executes(() => Reach(nameof(Doctor)));
}

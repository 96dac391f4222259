using System.ComponentModel;
using Nuke.Common;

/// <summary>The host tools: looking at them, and installing what is missing.</summary>
interface IProvision : IHazPipeline
{
    [Category("Host tools")]
    [Parameter("Never install missing host tools; stop with the command to type instead.")]
    bool NoProvision => TryGetValue<bool?>(() => NoProvision) ?? false;

    [Category("Host tools")]
    Target Provision => _ => _
        .Description("Checks the host tools that the selected targets need, and installs the missing ones where it may")
        .Executes(() => Reach(nameof(Provision)));

    [Category("Host tools")]
    Target Doctor => _ => _
        .Description("Shows the table of all host tools, and changes nothing")
        .Executes(() => Reach(nameof(Doctor)));
}

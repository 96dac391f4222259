using L4ReMusl.Components;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Graph;
using L4ReMusl.HostTools;
using L4ReMusl.Machines;
using L4ReMusl.Settings;

namespace L4ReMusl.Goals;

/// <summary>Finds the host's tools, and installs missing ones where that is allowed.</summary>
/// <param name="build">Settings, and what runs tools.</param>
/// <param name="environment">The environment that tools run in.</param>
public sealed class HostSetup(BuildContext build, ToolEnvironment environment)
{
    /// <summary>Installs packages whose need shows only during a run.</summary>
    public PackageInstaller Installer => field ??= new(AptGet, MayInstall, LogFile);

    /// <summary>Makes sure that tools are installed.</summary>
    /// <param name="needs">The kinds of work that need them.</param>
    /// <param name="optional">The kinds of work that are left out without them.</param>
    /// <param name="components">What is built besides musl.</param>
    /// <exception cref="BuildException">One is missing and cannot be installed.</exception>
    public ProvisionResult Provision(
        IReadOnlyCollection<ToolNeed> needs, IReadOnlyCollection<ToolNeed> optional, IReadOnlyList<Component> components) =>
        new Provisioner(new HostInventory(build.Tools), AptGet, Host, build.Log).Provision(
            [.. Tools(needs, components), .. Tools(optional, components).Select(tool => tool with { IsWanted = true })],
            MayInstall,
            LogFile);

    /// <summary>The table of all host tools.</summary>
    public string Table(IReadOnlyList<Component> components) =>
        ToolTable.Render(new HostInventory(build.Tools).Inspect(Tools(Enum.GetValues<ToolNeed>(), components)));

    // Read on first use: most runs install nothing.
    HostSystem Host => field ??= HostSystem.Read();

    AptGet AptGet => field ??= new(build.Tools, environment, Host, build.Log);

    string LogFile => build.Layout.Log("provision");

    Verdict MayInstall => build.Settings switch
    {
        { MayProvision: false } => Verdict.Bad("'--no-provision' forbids it"),
        { Offline: true } => Verdict.Bad("'--offline' forbids it"),
        _ => Verdict.Good,
    };

    IReadOnlyList<HostTool> Tools(IReadOnlyCollection<ToolNeed> needs, IReadOnlyList<Component> components) =>
        HostToolCatalogue.For(new ToolSelection(build.Settings.Architectures, needs)
        {
            OwnPrefixes = build.Settings.CrossPrefixes,
            HasCxx = build.Settings.HasCxx,
            CompilerLauncher = build.Settings.CompilerLauncher?.Program,
            ImageFormats = build.Settings.ImageFormats,
            Components = components,
            KernelHeaders = build.Settings.Get(Parameters.KernelHeaders),
            TestArchitectures = needs.Contains(ToolNeed.Test) && Directory.Exists(build.Layout.TestArchitectures)
                ? Architectures.In(build.Layout.TestArchitectures)
                : [],
        });
}

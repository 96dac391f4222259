using L4ReMusl.Components;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Images;

namespace L4ReMusl.Smoke;

/// <summary>Proves that what was built runs: level by level, and no further than the first that fails.</summary>
/// <param name="components">The components in the root file systems.</param>
/// <param name="hostPaths">Paths of this machine that must not appear in any file.</param>
/// <param name="logs">The folder of serial logs.</param>
/// <param name="tools">Runs emulators and the tools of image formats.</param>
/// <param name="jobs">Says when there is a processor for a guest.</param>
/// <param name="display">Shows progress.</param>
public sealed class SmokeTest(
    IReadOnlyList<Component> components,
    IReadOnlyList<string> hostPaths,
    string logs,
    ToolRunner tools,
    JobServer jobs,
    ProgressDisplay display)
{
    /// <summary>How long a guest may take from power-on to power-off.</summary>
    public TimeSpan BootLimit { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>Tests one guest. Several may be tested at the same time.</summary>
    public SmokeReport Run(Guest guest, SmokeLevel upTo)
    {
        IReadOnlyList<string> checks = [];
        var last = guest.BootOnL4Re is null && upTo > SmokeLevel.Boot ? SmokeLevel.Boot : upTo;
        return SmokeReport.Climb(guest.Architecture.Name, last, level =>
        {
            // Before there is a turn: it may have to be made, and that takes a turn, too.
            var set = level == SmokeLevel.Boot ? guest.BootSet() : "";
            using var turn = jobs.Take();
            return level switch
            {
                SmokeLevel.Files => Inspect(guest),
                SmokeLevel.UserMode => RunPrograms(guest, out checks),
                SmokeLevel.Boot => Boot(guest, set, checks),
                _ => guest.BootOnL4Re!(checks),
            };
        });
    }

    string Inspect(Guest guest)
    {
        var inspection = new ImageInspection(tools, hostPaths);
        foreach (var image in guest.Images)
            inspection.Inspect(image.Format, image.Path, guest.Architecture);
        return $"{string.Join(" and ", guest.Images.Select(image => image.Format.Name))} good";
    }

    string RunPrograms(Guest guest, out IReadOnlyList<string> checks)
    {
        using var root = new ScratchFolder();
        guest.Images[0].Format.Read(guest.Images[0].Path, root.Path, tools);
        checks = new ProgramChecks(guest.Architecture, components, tools).Run(root.Path);
        return $"{checks.Count} checks passed";
    }

    string Boot(Guest guest, string set, IReadOnlyList<string> checks)
    {
        var image = Path.Combine(set, guest.Architecture.Emulation!.Root.FileName);
        if (Fingerprint.Sha256OfFile(image) != Fingerprint.Sha256OfFile(guest.Images[0].Path))
        {
            throw new BuildException(
                $"'{image}' is not a copy of '{guest.Images[0].Path}', the image that was inspected; "
                + "make the boot set again with the target Image.");
        }

        var token = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8));
        var log = Path.Combine(logs, $"smoke-{guest.Architecture}.log");
        var session = new GuestSession(tools, display).Run(guest.Architecture, set, token, log, BootLimit);
        var verdict = new SerialVerdict(token, checks).Of(session);
        return verdict.IsGood
            ? $"{SerialVerdict.CountPassed(session)} checks passed in the guest, clean power-off"
            : throw session.Failure(verdict.Reason, log);
    }
}

using L4ReMusl.Sources;

namespace L4ReMusl.Versions;

/// <summary>The report about a version that was added.</summary>
/// <param name="Fetched">Its archive.</param>
/// <param name="Base">The version whose series was tried.</param>
/// <param name="Trials">The results for the patches of that series.</param>
/// <param name="FlavourTrials">The results for the patches of the l4re flavour, on top of them.</param>
/// <param name="Written">The files that were written, as paths in the repository.</param>
public sealed record AddedVersion(
    FetchedArchive Fetched,
    string Base,
    IReadOnlyList<PatchTrial> Trials,
    IReadOnlyList<PatchTrial> FlavourTrials,
    IReadOnlyList<string> Written)
{
    /// <summary>The report, as lines.</summary>
    public IEnumerable<string> Lines()
    {
        var archive = Fetched.Archive;
        yield return $"{archive.Name} {archive.Version} of {archive.Released:yyyy-MM-dd}, {archive.Size} bytes, "
            + $"from {Fetched.Origin}";
        yield return $"SHA-256    {archive.Sha256}";
        yield return $"signature  {Fetched.SignatureNote}";
        if (!Fetched.SignatureNote.StartsWith("good", StringComparison.Ordinal))
        {
            yield return "Nothing vouches for these bytes but the place that they came from. Before you commit, compare the";
            yield return "SHA-256 with one that upstream or a distribution has published.";
        }

        yield return "";
        yield return $"The series of {Base}, in order:";
        foreach (var trial in Trials)
            yield return $"  {trial}";
        yield return $"  {Count(PatchFit.Applies)} apply, {Count(PatchFit.Moved)} at other lines; "
            + $"{Count(PatchFit.Upstream)} are upstream, {Count(PatchFit.UpstreamByHeader)} superseded; "
            + $"{Count(PatchFit.Conflict)} conflict.";
        var misfits = FlavourTrials.Where(trial => trial.Fit != PatchFit.Applies).ToList();
        yield return misfits.Count == 0
            ? $"The series of the l4re flavour applies: {FlavourTrials.Count} patches."
            : "The series of the l4re flavour does not apply unchanged:";
        foreach (var misfit in misfits)
            yield return $"  {misfit}";

        yield return "";
        yield return $"Written: {string.Join(", ", Written)}";
        yield return $"Next: refresh what conflicts; run './build.sh Stage --musl-version {archive.Version}', and commit the "
            + $"lists of exported symbols that it leaves in out/logs as config/abi/musl-{archive.Version}; "
            + "then run SmokeTest and Test.";
    }

    int Count(PatchFit fit) => Trials.Count(trial => trial.Fit == fit);
}

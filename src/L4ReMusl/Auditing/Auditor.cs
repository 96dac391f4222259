using L4ReMusl.Patching;
using L4ReMusl.Sources;

namespace L4ReMusl.Auditing;

/// <summary>Finds the advisories about what is shipped, and decides the status of each: fixed, harmless, or open.</summary>
/// <param name="assessments">Assessments of advisories.</param>
/// <param name="things">What is shipped.</param>
public sealed class Auditor(IReadOnlyList<Assessment> assessments, IReadOnlyList<ShippedThing> things)
{
    /// <summary>Examines advisories as a stream: only those that matter are kept in memory.</summary>
    /// <returns>The findings, sorted by software and name; several advisories about a vulnerability give one finding.</returns>
    public IReadOnlyList<Finding> Examine(IEnumerable<Advisory> advisories)
    {
        var relevant = things.ToDictionary(thing => thing, _ => new List<Advisory>());
        foreach (var advisory in advisories)
        {
            foreach (var thing in things.Where(thing => AdvisoryMatcher.IsAffected(advisory, thing)))
                relevant[thing].Add(advisory);
        }

        return
        [
            .. things.SelectMany(thing => Group(relevant[thing])
                .Select(same => Judge(same, thing))
                .OrderBy(finding => finding.Id, NaturalOrder)),
        ];
    }

    // CVE-2026-6042 comes before CVE-2026-40200.
    static IComparer<string> NaturalOrder { get; } = Comparer<string>.Create((a, b) => Key(a).CompareTo(Key(b)) switch
    {
        0 => string.CompareOrdinal(a, b),
        var order => order,
    });

    static (int Year, int Number) Key(string id) => id.Split('-') is ["CVE", var year, var number]
        && int.TryParse(year, out var y) && int.TryParse(number, out var n) ? (y, n) : (int.MaxValue, 0);

    // Advisories that share a name are about one vulnerability, even if they share it only through a third.
    static List<List<Advisory>> Group(List<Advisory> advisories)
    {
        var groups = new List<List<Advisory>>();
        var owners = new Dictionary<string, List<Advisory>>(StringComparer.Ordinal);
        foreach (var advisory in advisories)
        {
            var group = new List<Advisory> { advisory };
            groups.Add(group);
            var known = NamesOf(advisory).Select(name => owners.GetValueOrDefault(name)).OfType<List<Advisory>>().Distinct();
            foreach (var other in known.ToList())
            {
                group.AddRange(other);
                groups.Remove(other);
            }

            foreach (var name in group.SelectMany(NamesOf))
                owners[name] = group;
        }

        return groups;
    }

    // An advisory made from one other is equivalent to it: ALPINE-CVE-2025-26519 to CVE-2025-26519. One made from several is a
    // bundle.
    static IEnumerable<string> NamesOf(Advisory advisory) =>
        [advisory.Id, .. advisory.Aliases, .. advisory.Upstream.Count == 1 ? advisory.Upstream : []];

    Finding Judge(List<Advisory> group, ShippedThing thing)
    {
        var names = group.SelectMany(NamesOf).Distinct().Order(NaturalOrder).ToList();
        var id = names.Find(name => name.StartsWith("CVE-", StringComparison.Ordinal)) ?? group[0].Id;
        return Verdict(id, names, group, thing) with
        {
            Aliases = [.. names.Where(name => name != id)],
            Summary = group.Select(advisory => advisory.Summary).FirstOrDefault(summary => summary.Length > 0) ?? "",
            Modified = group.Max(advisory => advisory.Modified),
        };
    }

    Finding Verdict(string id, List<string> aliases, List<Advisory> group, ShippedThing thing)
    {
        var assessment = assessments.FirstOrDefault(entry => IsOf(entry, thing) && aliases.Contains(entry.Advisory));
        var patches = thing.Patches.Where(patch => patch.Cves.Any(aliases.Contains)).ToList();
        var missing = patches.Count == 0 ? new List<string>() : MissingFixes(group, thing);
        if (patches.Count > 0 && (missing.Count == 0 || assessment?.Status == AssessedStatus.Fixed))
        {
            var names = string.Join(", ", patches.Select(patch => patch.FileName));
            return new Finding(id, thing, FindingStatus.Fixed, $"fixed by {names}") { Patches = patches };
        }

        if (assessment is { Status: AssessedStatus.NotAffected, Justification: var why })
            return new Finding(id, thing, FindingStatus.NotAffected, assessment.Statement) { Justification = why };
        if (BundleOf(group) is { Count: > 0 } parts && parts.TrueForAll(part => IsSettled(part, thing)))
            return new Finding(id, thing, FindingStatus.Fixed, $"each of {string.Join(", ", parts)} is settled");
        assessment ??= assessments.FirstOrDefault(entry => IsOf(entry, thing) && entry.Advisory == Assessment.Any);
        var remedy = assessment is { Status: AssessedStatus.Affected } ? assessment.Statement : Remedy(id, group, thing, missing);
        return new Finding(id, thing, FindingStatus.Affected, remedy) { Waiver = assessment?.Waiver };
    }

    static bool IsOf(Assessment assessment, ShippedThing thing) =>
        assessment.Thing == thing.Name && assessment.Versions.Contains(thing.Version);

    static List<string> BundleOf(List<Advisory> group) =>
        [.. group.Select(advisory => advisory.Upstream).FirstOrDefault(of => of.Count > 1) ?? []];

    bool IsSettled(string id, ShippedThing thing) => thing.Patches.Any(patch => patch.Cves.Contains(id))
        || assessments.Any(entry => IsOf(entry, thing) && entry.Advisory == id && entry.Status == AssessedStatus.NotAffected);

    // A series may have only half of a fix: patch headers must name all fix commits from the software's own repository.
    static List<string> MissingFixes(List<Advisory> group, ShippedThing thing) =>
    [
        .. group.SelectMany(advisory => advisory.Fixes)
            .Where(fix => thing.Repositories.Any(repository => Repositories.IsWithin(fix.Repository, repository)))
            .Select(fix => fix.Hash)
            .Distinct()
            .Where(hash => !thing.Patches.Any(patch => Mentions(patch, hash))),
    ];

    static bool Mentions(Patch patch, string hash) => (patch.Reference ?? "").Contains(hash, StringComparison.Ordinal);

    static string Remedy(string id, List<Advisory> group, ShippedThing thing, List<string> missing)
    {
        if (missing.Count > 0)
            return $"the series has patches for it, but none whose header names the commit {string.Join(", ", missing)}, "
                + "which is a part of the fix; add that";
        var versions = group.SelectMany(advisory => AdvisoryMatcher.FixedVersions(advisory, thing)).Distinct().Take(4).ToList();
        var upgrade = "take a version that has the fix" + (versions.Count > 0 ? $" ({string.Join(", ", versions)})" : "");
        return thing.Kind == ThingKind.Kernel
            ? upgrade
            : $"{upgrade}, or add a patch whose header says 'CVE: {id}', or say in config/assessments.json why it does no harm";
    }
}

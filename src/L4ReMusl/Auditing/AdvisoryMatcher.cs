using L4ReMusl.Auditing.Versions;
using L4ReMusl.Sources;

namespace L4ReMusl.Auditing;

/// <summary>Decides whether an advisory is about a shipped version, by the rules of OSV's format.</summary>
/// <remarks>
/// https://ossf.github.io/osv-schema/#evaluation. What cannot be evaluated counts as affected, so that somebody looks at it:
/// versions that are not valid in the ecosystem's order, and commits without a list of affected versions.
/// </remarks>
public static class AdvisoryMatcher
{
    static readonly SemanticVersions Semantic = new();

    static readonly Dictionary<string, IVersionOrder> Orders = new()
    {
        ["Alpine"] = new AlpineVersions(),
        ["Debian"] = new DebianVersions(),
    };

    /// <summary>Whether an advisory affects what is shipped, regardless of the patches applied here.</summary>
    public static bool IsAffected(Advisory advisory, ShippedThing thing) =>
        !advisory.IsWithdrawn && advisory.Affected.Any(affected => IsAffected(affected, thing));

    /// <summary>The versions in which it is fixed, with their ecosystems, such as <c>1.2.5-r12 (Alpine:v3.21)</c>.</summary>
    public static IEnumerable<string> FixedVersions(Advisory advisory, ShippedThing thing) => (
        from affected in advisory.Affected
        where IsSame(affected, thing) && affected.Ecosystem.Length > 0
        from range in affected.Ranges
        where range.Type != RangeType.Git
        from change in range.Events
        where change.Kind == RangeEventKind.Fixed
        select $"{change.Version} ({affected.Ecosystem})").Distinct();

    static bool IsAffected(AffectedPackage affected, ShippedThing thing)
    {
        var isPackage = IsSame(affected, thing);
        var repositories = affected.Ranges.Where(range => range.Type == RangeType.Git
            && thing.Repositories.Any(repository => Repositories.AreSame(repository, range.Repository))).ToList();
        if (!isPackage && repositories.Count == 0)
            return false;
        if (affected.Versions.Any(Spellings(thing).Contains))
            return true;
        return (isPackage && affected.Ranges.Any(range => range.Type != RangeType.Git && Contains(range, affected, thing)))
            || (repositories.Count > 0 && affected.Versions.Count == 0)
            || (isPackage && affected.Ranges.Count == 0 && affected.Versions.Count == 0);
    }

    static bool IsSame(AffectedPackage affected, ShippedThing thing) =>
        thing.Packages.Any(package => package.Covers(affected.Ecosystem, affected.Name))
        || (affected.Purl.Length > 0 && PlainPurl(affected.Purl) == PlainPurl(thing.Purl));

    static string PlainPurl(string purl) => purl.Split('?', '#', '@')[0].ToLowerInvariant();

    // Tags in repositories: v1.2.5, musl-1.2.5, 1_37_0, releases/gcc-12.2.0. Alpine's first package of a version is -r0.
    static HashSet<string> Spellings(ShippedThing thing)
    {
        var (name, version) = (thing.Project, thing.Version);
        var underlined = version.Replace('.', '_');
        return
        [
            version, $"v{version}", $"{name}-{version}", $"{name}-v{version}", underlined, $"{name}_{underlined}",
            $"releases/{name}-{version}", $"{version}-r0",
        ];
    }

    static bool Contains(AdvisoryRange range, AffectedPackage affected, ShippedThing thing)
    {
        var order = range.Type == RangeType.Semver ? Semantic : Orders.GetValueOrDefault(affected.Ecosystem.Split(':')[0]);
        return order is null || !order.IsVersion(thing.Version)
            || range.Events.Any(change => !IsKnown(change, order))
            || Contains(range.Events, thing.Version, order);
    }

    static bool IsKnown(RangeEvent change, IVersionOrder order) => change.Version == "0" || order.IsVersion(change.Version)
        || (change.Kind == RangeEventKind.Limit && change.Version == "*");

    static bool Contains(IReadOnlyList<RangeEvent> events, string version, IVersionOrder order)
    {
        var limits = events.Where(change => change.Kind == RangeEventKind.Limit).ToList();
        if (limits.Count > 0 && !limits.Exists(limit => limit.Version == "*" || order.Compare(version, limit.Version) < 0))
            return false;
        var isAffected = false;
        foreach (var change in events.Where(change => change.Kind != RangeEventKind.Limit)
            .OrderBy(change => change.Version, Comparer<string>.Create((a, b) => FromZero(a, b, order)))
            .ThenBy(change => change.Kind))
        {
            var distance = FromZero(version, change.Version, order);
            isAffected = change.Kind switch
            {
                RangeEventKind.Introduced => isAffected || distance >= 0,
                RangeEventKind.Fixed => isAffected && distance < 0,
                _ => isAffected && distance <= 0,
            };
        }

        return isAffected;
    }

    // "0" is not a version, but comes before all.
    static int FromZero(string left, string right, IVersionOrder order) => (left == "0", right == "0") switch
    {
        (true, true) => 0,
        (true, false) => -1,
        (false, true) => 1,
        _ => order.Compare(left, right),
    };
}

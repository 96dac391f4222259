using L4ReMusl.Foundation.Processes;

namespace L4ReMusl.Sources;

/// <summary>Where Debian's archive may be had: at the user's mirror, or else at those that the host itself uses.</summary>
/// <remarks>The only place that decides this, for indexes, packages and sources alike.</remarks>
/// <param name="own">The mirror that the user named; <see langword="null"/> to ask the host.</param>
/// <param name="tools">Runs <c>apt-get</c>; a host without it has no mirrors.</param>
public sealed class DebianMirrors(string? own, ToolRunner tools)
{
    const string Apt = "apt-get";

    // Without the two files that apt would otherwise write into its cache, when root asks.
    static readonly string[] Question =
    [
        "-o", "Dir::Cache::pkgcache=", "-o", "Dir::Cache::srcpkgcache=",
        "indextargets", "--format", "$(ORIGIN)|$(LABEL)|$(REPO_URI)",
    ];

    /// <summary>The mirrors to try, in order: addresses as apt takes them. None is contacted.</summary>
    /// <remarks>
    /// What the host knows of origin and label comes from indexes that it has fetched. A container may have deleted them, so a
    /// repository of unknown origin is worth a try: a signature or a hash decides.
    /// </remarks>
    public IReadOnlyList<string> Candidates()
    {
        if (own is not null)
            return [own];
        if (tools.Find(Apt) is null)
            return [];
        var answer = tools.Run(new ToolInvocation(Apt, Question) { Timeout = TimeSpan.FromMinutes(1) });
        var repositories = answer.Succeeded
            ? answer.Output
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split('|', 3))
                .Where(parts => parts.Length == 3)
            : [];
        return
        [
            .. repositories
                .Where(parts => parts is ["" or "Debian", "" or "Debian", var uri]
                    && !uri.StartsWith("cdrom:", StringComparison.Ordinal))
                .OrderByDescending(parts => parts[0].Length) // Known to be Debian's comes before unknown.
                .Select(parts => parts[2])
                .Distinct(),
        ];
    }
}

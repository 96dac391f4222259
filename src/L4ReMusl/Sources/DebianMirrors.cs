using L4ReMusl.Foundation.Processes;

namespace L4ReMusl.Sources;

/// <summary>The mirrors of Debian: the one that the user names or, by default, those that the host's apt uses.</summary>
/// <remarks>Only this class decides which mirrors to use, for indexes, packages and sources alike.</remarks>
/// <param name="own">The mirror that the user named; <see langword="null"/> for those of the host.</param>
/// <param name="tools">Runs <c>apt-get</c>; a host without it has no mirrors.</param>
public sealed class DebianMirrors(string? own, ToolRunner tools)
{
    const string Apt = "apt-get";

    // The options keep apt from writing two files into its cache if it runs as root.
    static readonly string[] Question =
    [
        "-o", "Dir::Cache::pkgcache=", "-o", "Dir::Cache::srcpkgcache=",
        "indextargets", "--format", "$(ORIGIN)|$(LABEL)|$(REPO_URI)",
    ];

    /// <summary>The mirrors to try, in order, as addresses for apt. None is contacted.</summary>
    /// <remarks>
    /// apt takes origin and label from the indexes that it has fetched, and containers often delete those. So repositories of
    /// unknown origin are tried as well; a signature or a hash decides.
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
                .OrderByDescending(parts => parts[0].Length) // Debian's own come before those of unknown origin.
                .Select(parts => parts[2])
                .Distinct(),
        ];
    }
}

using L4ReMusl.Foundation.Processes;

namespace L4ReMusl.Debian;

/// <summary>Where Debian's archive may be had: at the user's mirror, or else at those that the host itself uses.</summary>
/// <param name="own">The mirror that the user named; <see langword="null"/> to ask the host.</param>
/// <param name="tools">Runs <c>apt-get</c>.</param>
public sealed class DebianMirrors(string? own, ToolRunner tools)
{
    // Without the two files that apt would otherwise write into its cache, when root asks.
    static readonly string[] Question =
        ["-o", "Dir::Cache::pkgcache=", "-o", "Dir::Cache::srcpkgcache=", "indextargets", "--format", "$(ORIGIN)|$(LABEL)|$(REPO_URI)"];

    /// <summary>The mirrors to try, in order. None is contacted.</summary>
    /// <remarks>
    /// What the host knows of origin and label comes from indexes that it has fetched. A container may have deleted them, so a
    /// repository of unknown origin is worth a try: the signature decides.
    /// </remarks>
    public IReadOnlyList<string> Candidates()
    {
        if (own is not null)
            return [own];
        var answer = tools.Run(new ToolInvocation("apt-get", Question) { Timeout = TimeSpan.FromSeconds(20) });
        var repositories = answer.Succeeded
            ? answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|', 3)).Where(parts => parts.Length == 3)
            : [];
        return
        [
            .. repositories
                .Where(parts => parts is ["" or "Debian", "" or "Debian", _] && !parts[2].StartsWith("cdrom:", StringComparison.Ordinal))
                .OrderByDescending(parts => parts[0].Length) // Known to be Debian's comes before unknown.
                .Select(parts => parts[2])
                .Distinct(),
        ];
    }
}

using System.Text;

namespace L4ReMusl.Root.Checks;

/// <summary>No file may contain a path of the build machine: it would differ elsewhere, and give away who built it.</summary>
/// <param name="hostPaths">The paths to look for.</param>
/// <remarks>Paths of a single part, such as <c>/root</c> or <c>/src</c>, are ignored: root file systems have them, too.</remarks>
sealed class HostPathCheck(IReadOnlyList<string> hostPaths) : IRootFsCheck
{
    readonly IReadOnlyList<string> needles =
        [.. hostPaths.Select(path => path.TrimEnd('/')).Where(path => path.Count(c => c == '/') > 1).Distinct()];

    /// <inheritdoc/>
    public IEnumerable<string> Violations(RootFsTree root)
    {
        foreach (var file in root.Files)
        {
            var bytes = root.ReadBytes(file);
            foreach (var needle in needles.Where(needle => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(needle)) >= 0))
                yield return $"{file}: contains the path {needle} of the build machine";
        }
    }
}

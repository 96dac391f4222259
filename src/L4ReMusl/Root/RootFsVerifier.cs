using L4ReMusl.Foundation.Text;
using L4ReMusl.Machines;
using L4ReMusl.Root.Checks;

namespace L4ReMusl.Root;

/// <summary>Checks an assembled root file system against all rules.</summary>
/// <param name="architecture">The architecture of its programs.</param>
/// <param name="hostPaths">Paths of the host that must not appear in any file.</param>
public sealed class RootFsVerifier(Architecture architecture, IReadOnlyList<string> hostPaths)
{
    readonly IReadOnlyList<IRootFsCheck> checks =
    [
        new FhsCheck(), new ModeCheck(), new LinkCheck(), new ElfCheck(architecture), new HostPathCheck(hostPaths),
        new AccountCheck(), new ReleaseCheck(),
    ];

    /// <summary>Lists where the root file system breaks a rule.</summary>
    public IReadOnlyList<string> Violations(string folder)
    {
        var root = new RootFsTree(folder);
        return [.. checks.SelectMany(check => check.Violations(root))];
    }

    /// <summary>Fails if the root file system breaks a rule.</summary>
    /// <exception cref="BuildException">It does; the message lists all violations.</exception>
    public void Verify(string folder)
    {
        var violations = Violations(folder);
        if (violations.Count > 0)
        {
            throw new BuildException(
                $"The root file system for {architecture} breaks its rules in {violations.Count} places; correct what it is "
                + "made from (config/lsb_root, config/lsb_root.permissions, the package, the components):"
                + IndentedLines.Of(violations));
        }
    }
}

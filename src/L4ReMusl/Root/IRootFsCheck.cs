namespace L4ReMusl.Root;

/// <summary>A rule that every root file system must follow.</summary>
public interface IRootFsCheck
{
    /// <summary>Lists where <paramref name="root"/> breaks the rule: paths, each with what is wrong.</summary>
    IEnumerable<string> Violations(RootFsTree root);
}

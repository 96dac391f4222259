namespace L4ReMusl.Root;

/// <summary>A rule that every root file system keeps.</summary>
public interface IRootFsCheck
{
    /// <summary>Says where <paramref name="root"/> breaks the rule: each a path and what is wrong with it.</summary>
    IEnumerable<string> Violations(RootFsTree root);
}

namespace L4ReMusl.Packs;

/// <summary>Something that a pack was made from.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Uri">Its URI: where it can be had, or a package URL.</param>
public sealed record Dependency(string Name, string Uri)
{
    /// <summary>Its hashes, by in-toto's names of the algorithms, such as <c>sha256</c> and <c>gitCommit</c>.</summary>
    public IReadOnlyDictionary<string, string> Digests { get; init; } = new Dictionary<string, string>();

    /// <summary>Other facts about it, by name.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();
}

using L4ReMusl.Foundation.Files;

namespace L4ReMusl.Caching;

/// <summary>What a result is found by: the stage, and what it was made from.</summary>
/// <param name="Stage">The name of the stage.</param>
/// <param name="Inputs">What it was made from.</param>
public sealed record ResultKey(string Stage, Fingerprint Inputs)
{
    /// <summary>
    /// The suffix of all files in caches. Its number changes with their format, so that old and new builds can share a cache.
    /// </summary>
    public const string Suffix = ".v1";

    /// <summary>The name of the result's file in caches.</summary>
    public string FileName => $"{Stage}-{Inputs.Digest}{Suffix}";
}

using L4ReMusl.Stages;

namespace L4ReMusl.Musl;

/// <summary>One of the ways to compile musl for an architecture.</summary>
/// <param name="Name">What its stages' names begin with: empty, or a word and a hyphen.</param>
/// <param name="Source">Makes the source tree.</param>
/// <param name="Output">Where the result goes.</param>
/// <param name="Options">Options for <c>configure</c> that are this way's own.</param>
public sealed record MuslVariant(string Name, IStage Source, string Output, IReadOnlyList<string> Options);

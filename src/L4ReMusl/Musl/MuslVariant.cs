using L4ReMusl.Stages;

namespace L4ReMusl.Musl;

/// <summary>One of the ways to compile musl for an architecture.</summary>
/// <param name="Name">The beginning of its stages' names: empty, or a word and a hyphen.</param>
/// <param name="Source">Makes the source tree.</param>
/// <param name="Output">Where the result goes.</param>
/// <param name="Options">More options for <c>configure</c>.</param>
public sealed record MuslVariant(string Name, IStage Source, string Output, IReadOnlyList<string> Options)
{
    /// <summary>Whether debug symbols are kept, in files of their own (see <see cref="DebugSymbols"/>).</summary>
    public bool KeepsDebugSymbols { get; init; }
}

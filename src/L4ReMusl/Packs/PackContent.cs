using L4ReMusl.Auditing;
using L4ReMusl.Machines;
using L4ReMusl.Sboms;
using L4ReMusl.Stages;

namespace L4ReMusl.Packs;

/// <summary>A result that goes into a pack.</summary>
/// <param name="Kind">What it is, such as <c>prefix</c>; the same word as in its bill of materials.</param>
/// <param name="Architecture">What it is for.</param>
/// <param name="Documents">Writes the documents about it.</param>
public sealed record PackContent(string Kind, Architecture Architecture, SbomStage Documents)
{
    /// <summary>Makes it.</summary>
    public IStage Result => Documents.Result;

    /// <summary>The software in it.</summary>
    public IReadOnlyList<ShippedThing> Things => Documents.Things;

    /// <summary>The name of the archive, without a suffix, and of the only folder in it.</summary>
    /// <param name="version">The version of this project.</param>
    public string NameIn(string version) => $"l4re-musl-{version}-{Kind}-{Architecture}";
}

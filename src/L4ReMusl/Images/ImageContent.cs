using L4ReMusl.Machines;
using L4ReMusl.Stages;

namespace L4ReMusl.Images;

/// <summary>What goes into an image.</summary>
/// <param name="Stage">What the names of the stages that make such images begin with.</param>
/// <param name="File">What the names of such images begin with.</param>
/// <param name="Architecture">The architecture.</param>
/// <param name="Tree">Makes the tree.</param>
public sealed record ImageContent(string Stage, string File, Architecture Architecture, IStage Tree);

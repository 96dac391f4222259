namespace L4ReMusl.Reporting;

/// <summary>How far a long step is.</summary>
/// <param name="What">The step, as in "Compiling musl for arm".</param>
/// <param name="Done">How much is done.</param>
/// <param name="Total">How much there is; an estimate.</param>
/// <param name="Unit">Of what, such as <c>objects</c>.</param>
public sealed record StepProgress(string What, long Done, long Total, string Unit);

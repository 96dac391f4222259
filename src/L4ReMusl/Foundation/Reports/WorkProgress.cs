namespace L4ReMusl.Foundation.Reports;

/// <summary>How far a piece of work is.</summary>
/// <param name="Done">Bytes, objects or whatever is counted, so far.</param>
/// <param name="Total">How many there are in all; zero if that is not known.</param>
public readonly record struct WorkProgress(long Done, long Total);

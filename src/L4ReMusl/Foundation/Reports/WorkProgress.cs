namespace L4ReMusl.Foundation.Reports;

/// <summary>How far a piece of work is.</summary>
/// <param name="Done">How many bytes, objects or other units are done.</param>
/// <param name="Total">How many there are in all; zero if unknown.</param>
public readonly record struct WorkProgress(long Done, long Total);

namespace L4ReMusl.Sources;

/// <summary>How patient a download is.</summary>
/// <param name="ConnectTimeout">The maximum time to connect.</param>
/// <param name="StallTimeout">The maximum time without a byte.</param>
/// <param name="RetryDelays">The delay before each retry.</param>
public sealed record TransferPolicy(TimeSpan ConnectTimeout, TimeSpan StallTimeout, IReadOnlyList<TimeSpan> RetryDelays)
{
    /// <summary>10 s to connect, 30 s without a byte, and two retries, after 0.5 s and 2 s.</summary>
    public static TransferPolicy Default { get; } =
        new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), [TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2)]);
}

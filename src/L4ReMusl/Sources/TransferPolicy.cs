namespace L4ReMusl.Sources;

/// <summary>How patient a download is.</summary>
/// <param name="ConnectTimeout">How long a connection may take.</param>
/// <param name="StallTimeout">How long an answer, or the next bytes of it, may take.</param>
/// <param name="RetryDelays">The waits before the tries that follow a broken one.</param>
public sealed record TransferPolicy(TimeSpan ConnectTimeout, TimeSpan StallTimeout, IReadOnlyList<TimeSpan> RetryDelays)
{
    /// <summary>10 s to connect, 30 s without a byte, two more tries after 0.5 s and 2 s.</summary>
    public static TransferPolicy Default { get; } =
        new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), [TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2)]);
}

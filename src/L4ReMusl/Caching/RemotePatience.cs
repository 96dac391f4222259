namespace L4ReMusl.Caching;

/// <summary>How long a build waits for a remote cache, which is there to save time.</summary>
/// <param name="Connect">The maximum time to connect.</param>
/// <param name="Stall">The maximum time in which less than <see cref="Chunk"/> is transferred.</param>
/// <param name="Transfer">The maximum time for one object.</param>
/// <param name="Run">The maximum time that a run waits altogether for results, and again for its last uploads.</param>
public sealed record RemotePatience(TimeSpan Connect, TimeSpan Stall, TimeSpan Transfer, TimeSpan Run)
{
    /// <summary>The number of bytes that count as progress: a server that sends byte by byte is as good as none.</summary>
    public const int Chunk = 64 * 1024;

    /// <summary>2 s to connect, 5 s without progress, a minute for an object, and 3 minutes in a run.</summary>
    public static RemotePatience Default { get; } =
        new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(3));
}

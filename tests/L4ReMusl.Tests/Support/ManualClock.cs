namespace L4ReMusl.Tests.Support;

/// <summary>A clock that goes only when it is told to.</summary>
public sealed class ManualClock : TimeProvider
{
    long ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => ticks;

    public void Advance(TimeSpan span) => ticks += span.Ticks;
}

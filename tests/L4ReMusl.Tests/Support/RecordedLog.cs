using System.Collections.Concurrent;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace L4ReMusl.Tests.Support;

/// <summary>Records log events.</summary>
public sealed class RecordedLog : ILogEventSink
{
    readonly ConcurrentQueue<LogEvent> events = [];

    public RecordedLog() => Logger = new LoggerConfiguration().MinimumLevel.Verbose().WriteTo.Sink(this).CreateLogger();

    public ILogger Logger { get; }

    public IReadOnlyList<LogEvent> Events => [.. events];

    public IReadOnlyList<string> Warnings =>
        [.. events.Where(e => e.Level == LogEventLevel.Warning).Select(e => e.RenderMessage())];

    public void Emit(LogEvent logEvent) => events.Enqueue(logEvent);
}

using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace L4ReMusl.Foundation.Reports;

/// <summary>A filter in front of the engine's logger, which would print stack traces: it passes on sentences instead.</summary>
public sealed class TraceFilter : ILogEventSink, IDisposable
{
    readonly ILogger inner;
    readonly FailureReport report;

    TraceFilter(ILogger inner, FailureReport report) => (this.inner, this.report) = (inner, report);

    /// <summary>Puts a filter in front of a logger. Disposing of the result disposes of the logger.</summary>
    public static ILogger InFrontOf(ILogger logger, FailureReport report) =>
        new LoggerConfiguration().MinimumLevel.Verbose().WriteTo.Sink(new TraceFilter(logger, report)).CreateLogger();

    /// <inheritdoc/>
    public void Emit(LogEvent logEvent) =>
        inner.Write(logEvent.Exception is null or BuildException ? logEvent : Explained(logEvent));

    /// <inheritdoc/>
    public void Dispose() => (inner as IDisposable)?.Dispose();

    // The lower levels are shown on request only, and are for finding defects.
    LogEvent Explained(LogEvent original) => original.Level < LogEventLevel.Information ? original : new LogEvent(
        original.Timestamp,
        original.Level,
        report.Explain(original.Exception!),
        original.MessageTemplate,
        original.Properties.Select(property => new LogEventProperty(property.Key, property.Value)));
}

using System.Globalization;
using Nuke.Common.IO;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;

namespace Nuke.Common.Execution;

/// <summary>
/// Sends Serilog's static <see cref="Log"/> to the console, to the log files of a local build, and as annotations to a
/// CI server; repeats warnings and errors at the end.
/// </summary>
sealed class BuildLog : ILogEventEnricher, ILogEventSink
{
    const string ConsoleTemplate = "{Timestamp:HH:mm:ss} [{Level:u3}] {Message:l}{NewLine}{Exception}";
    const string SummaryTemplate = "[{Level:u3}] {ExecutingTarget}: {Message:l}{NewLine}";
    const string FileTemplate = "{Timestamp:HH:mm:ss.fff} | {Level:u1} | {ExecutingTarget,-20} | {Message:l}{NewLine}{Exception}";
    const string ComparableFileTemplate = "{Level:u1} | {ExecutingTarget,-20} | {Message:l}{NewLine}{Exception}";
    const int TargetNameLength = 20;
    const int OldFilesToKeep = 5;

    readonly Host host;
    readonly LoggingLevelSwitch consoleLevel = new(LogEventLevel.Debug);
    readonly List<LogEvent> problems = [];
    readonly List<(ITextFormatter Formatter, TextWriter Writer)> files = [];
    LogEventProperty target = TargetProperty(string.Empty);

    public BuildLog(Host host, AbsolutePath folder)
    {
        this.host = host;
        if (host.IsLocal)
            OpenFiles(folder);

        Log.Logger = new LoggerConfiguration()
            .MinimumLevel.Verbose()
            .Enrich.With(this)
            .WriteTo.Sink(this)
            .WriteTo.Console(
                outputTemplate: ConsoleTemplate,
                theme: host.Theme.Log,
                applyThemeToRedirectedOutput: true,
                levelSwitch: consoleLevel)
            .CreateLogger();
    }

    public void SetVerbosity(Verbosity verbosity) => consoleLevel.MinimumLevel = verbosity switch
    {
        Verbosity.Verbose => LogEventLevel.Verbose,
        Verbosity.Normal => LogEventLevel.Debug,
        Verbosity.Minimal => LogEventLevel.Warning,
        _ => LogEventLevel.Error,
    };

    /// <summary>Attributes messages to a target until the returned object is disposed of.</summary>
    public IDisposable EnterTarget(string name)
    {
        target = TargetProperty(name);
        return new Cleanup(() => target = TargetProperty(string.Empty));
    }

    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory) => logEvent.AddOrUpdateProperty(target);

    public void Emit(LogEvent logEvent)
    {
        if (logEvent.Level >= LogEventLevel.Warning)
            host.Annotate(logEvent.RenderMessage(CultureInfo.InvariantCulture), isError: logEvent.Level >= LogEventLevel.Error);

        lock (problems)
        {
            if (logEvent.Level >= LogEventLevel.Warning)
                problems.Add(logEvent);
            foreach (var (formatter, writer) in files)
                formatter.Format(logEvent, writer);
        }
    }

    public void WriteErrorsAndWarnings()
    {
        if (problems.Count == 0)
            return;

        using var block = host.WriteBlock("Errors & Warnings");
        using var console = new LoggerConfiguration()
            .WriteTo.Console(outputTemplate: SummaryTemplate, theme: host.Theme.Log, applyThemeToRedirectedOutput: true)
            .CreateLogger();
        foreach (var problem in problems.Where(x => x.MessageTemplate.Text.Length > 0))
            console.Write(problem);
    }

    static LogEventProperty TargetProperty(string name) =>
        new("ExecutingTarget", new ScalarValue(name.Length <= TargetNameLength ? name : name[..TargetNameLength]));

    void OpenFiles(AbsolutePath folder)
    {
        var old = Directory.GetFiles(folder, "build.*.log").OrderDescending(StringComparer.Ordinal).Skip(OldFilesToKeep);
        foreach (var file in old)
            File.Delete(file);

        Open(folder / "build.log", FileTemplate);
        Open(folder / $"build.{DateTime.Now:yyyy-MM-dd_HH-mm-ss}.log", ComparableFileTemplate);
    }

    void Open(AbsolutePath file, string template) =>
        files.Add((new MessageTemplateTextFormatter(template, CultureInfo.InvariantCulture),
            new StreamWriter(new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true }));
}

using System.Linq.Expressions;
using System.Reflection;
using Nuke.Common.Execution;
using Nuke.Common.Tooling;
using Nuke.Common.ValueInjection;
using Serilog;

namespace Nuke.Common;

/// <summary>
/// Base class of builds. Source-compatible with the part of NUKE 10.1.0 that this repository uses, for package sources
/// that lack NUKE (https://nuke.build). It never asks for input.
/// </summary>
[InjectParameterValues(Priority = 100)]
[GenerateBuildServerConfigurations(Priority = 50)]
[HandlePlanRequests(Priority = 10)]
[HandleHelpRequests(Priority = 5)]
[InjectNonParameterValues(Priority = -100)]
[EventInvoker(Priority = float.MinValue)]
public abstract partial class NukeBuild : INukeBuild
{
    internal const char TargetsSeparator = '+';

    readonly List<BuildExtensionAttributeBase> extensions;

    protected NukeBuild()
    {
        extensions = [.. GetType().GetCustomAttributes<BuildExtensionAttributeBase>().OrderByDescending(x => x.Priority)];
        foreach (var extension in extensions)
            extension.Build = this;
    }

    internal IReadOnlyCollection<ExecutableTarget> ExecutableTargets { get; set; }

    /// <summary>The targets to run, in their order; <see langword="null"/> until it is known.</summary>
    public IReadOnlyCollection<ExecutableTarget> ExecutionPlan { get; set; }

    [Parameter("List of targets to be invoked. Default is '{default_target}'.", Name = "Target", Separator = "+")]
    public IReadOnlyCollection<ExecutableTarget> InvokedTargets => [.. ExecutionPlan.Where(x => x.Invoked)];

    [Parameter("List of targets to be skipped. Empty list skips all dependencies.", Name = "Skip", Separator = "+")]
    public IReadOnlyCollection<ExecutableTarget> SkippedTargets => InState(ExecutionStatus.Skipped);

    public IReadOnlyCollection<ExecutableTarget> ScheduledTargets => InState(ExecutionStatus.Scheduled);
    public IReadOnlyCollection<ExecutableTarget> RunningTargets => InState(ExecutionStatus.Running);
    public IReadOnlyCollection<ExecutableTarget> AbortedTargets => InState(ExecutionStatus.Aborted);
    public IReadOnlyCollection<ExecutableTarget> FailedTargets => InState(ExecutionStatus.Failed);
    public IReadOnlyCollection<ExecutableTarget> SucceededTargets => InState(ExecutionStatus.Succeeded);
    public IReadOnlyCollection<ExecutableTarget> FinishedTargets => [.. FailedTargets, .. SucceededTargets];

    [Parameter("Shows the execution plan.")]
    public bool Plan { get; }

    [Parameter("Shows the help text for this build assembly.")]
    public bool Help { get; }

    [Parameter("Disables displaying the NUKE logo.")]
    public bool NoLogo { get; set; }

    [Parameter("Indicates to continue a previously failed build attempt.")]
    public bool Continue { get; internal set; }

    public bool IsSucceeding => !IsFailing;

    public bool IsFailing =>
        ExecutionPlan.Any(x => x.Status is ExecutionStatus.Failed or ExecutionStatus.Aborted or ExecutionStatus.NotRun);

    public bool IsFinished => !ExecutionPlan.Any(x => x.Status is ExecutionStatus.Scheduled or ExecutionStatus.Running);

    /// <summary>The exit code of the build; unless set, 0 for success and -1 for failure.</summary>
    public int? ExitCode { get; set; }

    /// <summary>Runs the build.</summary>
    /// <param name="defaultTargetExpressions">The targets to run when none is named.</param>
    /// <returns>The exit code for <c>Main</c>.</returns>
    protected static int Execute<T>(params Expression<Func<T, Target>>[] defaultTargetExpressions)
        where T : NukeBuild, new() =>
        BuildManager.Execute(defaultTargetExpressions);

    public void ReportSummary(Configure<Dictionary<string, string>> configurator = null) =>
        ReportSummary(RunningTargets.Single(), configurator is null ? [] : configurator([]));

    internal void ReportSummary(ExecutableTarget target, Dictionary<string, string> information)
    {
        target.SummaryInformation = new(information);
        ExecuteExtension<IOnTargetSummaryUpdated>(
            nameof(IOnTargetSummaryUpdated.OnTargetSummaryUpdated), x => x.OnTargetSummaryUpdated(this, target));
    }

    internal void ExecuteExtension<T>(string method, Action<T> action)
        where T : IBuildExtension
    {
        foreach (var extension in extensions.OfType<T>())
        {
            var type = extension.GetType().Name.Replace(nameof(Attribute), string.Empty, StringComparison.Ordinal);
            Log.Verbose("{Type}.{Method} ({Priority})", type, method, extension.Priority);
            action(extension);
        }
    }

    /// <summary>Called when the build exists and has its parameters.</summary>
    protected internal virtual void OnBuildCreated()
    {
    }

    /// <summary>Called when the execution plan is known, before anything is skipped or run.</summary>
    protected internal virtual void OnBuildInitialized()
    {
    }

    /// <summary>Called after the summary.</summary>
    protected internal virtual void OnBuildFinished()
    {
    }

    protected internal virtual void OnTargetRunning(string target)
    {
    }

    protected internal virtual void OnTargetSkipped(string target)
    {
    }

    protected internal virtual void OnTargetSucceeded(string target)
    {
    }

    protected internal virtual void OnTargetFailed(string target)
    {
    }

    IReadOnlyCollection<ExecutableTarget> InState(ExecutionStatus status) => [.. ExecutionPlan.Where(x => x.Status == status)];
}

using Nuke.Common.Utilities;
using Serilog;

namespace Nuke.Common.Execution;

/// <summary>Skips and runs the targets of the plan.</summary>
sealed class BuildExecutor(NukeBuild build, BuildLog log)
{
    BuildAttempt attempt;

    /// <param name="skippedNames">Targets to skip; an empty list means all that were not invoked, <see langword="null"/> none.</param>
    /// <exception cref="TargetExecutionException">A target has failed.</exception>
    public void Execute(IReadOnlyCollection<string> skippedNames)
    {
        if (skippedNames is not null)
            SkipByName([.. skippedNames.Select(x => x.Replace("-", string.Empty, StringComparison.Ordinal))]);
        foreach (var target in build.ExecutionPlan)
            CheckConditions(target, target.StaticConditions);

        Requirements.Check(build);
        attempt = new BuildAttempt(NukeBuild.TemporaryDirectory, build.Continue, NukeBuild.Parameters.Arguments);
        try
        {
            foreach (var target in build.ExecutionPlan)
                Execute(target, throwOnFailure: true);
        }
        catch
        {
            ExecuteAssured();
            throw;
        }
    }

    /// <summary>Runs the targets that run even after a failure.</summary>
    public void ExecuteAssured()
    {
        foreach (var target in build.ExecutionPlan.Where(x => x.AssuredAfterFailure && x.Status == ExecutionStatus.Scheduled))
            Execute(target, throwOnFailure: false);
    }

    void SkipByName(string[] names)
    {
        foreach (var target in build.ExecutionPlan)
        {
            if (names.Length == 0 || names.Contains(target.Name, StringComparer.OrdinalIgnoreCase))
                Skip(target, "via parameter");
        }
    }

    void Execute(ExecutableTarget target, bool throwOnFailure)
    {
        if (target.Status == ExecutionStatus.Skipped || attempt.HasSucceeded(target) || CheckConditions(target, target.DynamicConditions))
        {
            target.Status = ExecutionStatus.Skipped;
            build.ExecuteExtension<IOnTargetSkipped>(nameof(IOnTargetSkipped.OnTargetSkipped), x => x.OnTargetSkipped(target));
        }
        else if (target.Actions.Count == 0)
        {
            target.Status = ExecutionStatus.Collective;
        }
        else
        {
            Run(target, throwOnFailure && !target.ProceedAfterFailure);
        }
    }

    void Run(ExecutableTarget target, bool throwOnFailure)
    {
        using var attribution = log.EnterTarget(target.Name);
        using var block = NukeBuild.Host.WriteBlock(target.Name);

        target.Stopwatch.Start();
        target.Status = ExecutionStatus.Running;
        build.ExecuteExtension<IOnTargetRunning>(nameof(IOnTargetRunning.OnTargetRunning), x => x.OnTargetRunning(target));
        try
        {
            foreach (var action in target.Actions)
                action();
            Finish(target, ExecutionStatus.Succeeded);
            build.ExecuteExtension<IOnTargetSucceeded>(nameof(IOnTargetSucceeded.OnTargetSucceeded), x => x.OnTargetSucceeded(target));
            attempt.Add(target);
        }
        catch (Exception wrapped)
        {
            var exception = wrapped.Unwrap();
            if (target.SummaryInformation.Count == 0)
                build.ReportSummary(target, new() { [exception.GetType().Name] = FirstLine(exception.Message) });

            Log.Error(exception, "Target {TargetName} has thrown an exception", target.Name);
            Finish(target, ExecutionStatus.Failed);
            build.ExecuteExtension<IOnTargetFailed>(nameof(IOnTargetFailed.OnTargetFailed), x => x.OnTargetFailed(target));
            if (throwOnFailure)
                throw new TargetExecutionException(target.Name, exception);
        }
    }

    static void Finish(ExecutableTarget target, ExecutionStatus status)
    {
        target.Stopwatch.Stop();
        target.Status = status;
    }

    /// <summary>Whether a condition of the target has failed, now or before.</summary>
    bool CheckConditions(ExecutableTarget target, List<(string Text, Func<bool> Delegate)> conditions)
    {
        try
        {
            var failed = conditions.Where(x => !x.Delegate()).Select(x => ConditionText.WithoutLambda(x.Text)).ToList();
            if (failed.Count > 0)
            {
                target.OnlyWhen = string.Join(" && ", failed);
                Skip(target, reason: null);
            }
        }
        catch (Exception wrapped)
        {
            var exception = wrapped.Unwrap();
            Log.Error(exception, "Invocation of condition for {TargetName} has thrown an exception", target.Name);
            throw new TargetExecutionException(target.Name, exception);
        }

        return target.OnlyWhen is not null;
    }

    /// <summary>Skips a target, unless it was invoked by name, and what only it needs or triggers.</summary>
    void Skip(ExecutableTarget target, string reason)
    {
        if (target.Status != ExecutionStatus.Scheduled)
            return;

        if (!target.Invoked)
        {
            target.Status = ExecutionStatus.Skipped;
            target.Skipped ??= reason;
        }

        if (target.DependencyBehavior == DependencyBehavior.Execute)
            return;

        var exclusive = target.ExecutionDependencies.Concat(target.Triggers).Where(x => !IsNeededByOther(x)).ToList();
        foreach (var dependency in exclusive)
            Skip(dependency, $"because of {target.Name}");

        bool IsNeededByOther(ExecutableTarget dependency) =>
            build.ExecutionPlan.Any(x => x != target && x.Status == ExecutionStatus.Scheduled
                && (x.ExecutionDependencies.Contains(dependency) || x.Triggers.Contains(dependency)));
    }

    static string FirstLine(string text) => text.Split('\n')[0].TrimEnd('\r');
}

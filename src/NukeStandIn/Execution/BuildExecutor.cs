using Serilog;

namespace Nuke.Common.Execution;

/// <summary>Ends the build after a failure that is already in the log.</summary>
sealed class TargetExecutionException(string target, Exception inner)
    : Exception($"Target '{target}' has thrown an exception.", inner);

/// <summary>Skips and runs the targets of the plan.</summary>
sealed class BuildExecutor(NukeBuild build, BuildLog log)
{
    /// <param name="skippedNames">
    /// Targets to skip; an empty list means all that were not invoked, <see langword="null"/> none.
    /// </param>
    /// <exception cref="TargetExecutionException">A target has failed.</exception>
    public void Execute(IReadOnlyCollection<string> skippedNames)
    {
        SkipByName(skippedNames?.Select(x => x.Replace("-", string.Empty, StringComparison.Ordinal)).ToList());
        foreach (var target in build.ExecutionPlan)
            SkipByCondition(target);

        var attempt = new BuildAttempt(NukeBuild.TemporaryDirectory, build.Continue, NukeBuild.Parameters.Arguments);
        foreach (var target in build.ExecutionPlan)
        {
            var isUnwanted = target.SummaryInformation.ContainsKey("OnlyWhen"); // Also if it was invoked.
            if (target.Status == ExecutionStatus.Skipped || isUnwanted || attempt.HasSucceeded(target))
                target.Status = ExecutionStatus.Skipped;
            else if (target.Actions.Count == 0)
                target.Status = ExecutionStatus.Collective;
            else
                Run(target, attempt);
        }
    }

    void SkipByName(List<string> names)
    {
        foreach (var target in build.ExecutionPlan)
        {
            if (names?.Count == 0 || names?.Contains(target.Name, StringComparer.OrdinalIgnoreCase) == true)
                Skip(target, "via parameter");
        }
    }

    void SkipByCondition(ExecutableTarget target)
    {
        try
        {
            var failed = target.StaticConditions.Where(x => !x.Delegate()).Select(x => x.Text).ToList();
            if (failed.Count > 0)
            {
                target.SummaryInformation["OnlyWhen"] = string.Join(" && ", failed);
                Skip(target, reason: null);
            }
        }
        catch (Exception exception)
        {
            Log.Error(exception, "Invocation of condition for {TargetName} has thrown an exception", target.Name);
            throw new TargetExecutionException(target.Name, exception);
        }
    }

    /// <summary>Skips a target, unless it was invoked by name, and what only it needs.</summary>
    void Skip(ExecutableTarget target, string reason)
    {
        if (target.Status != ExecutionStatus.Scheduled)
            return;

        if (!target.Invoked)
        {
            target.Status = ExecutionStatus.Skipped;
            if (reason is not null)
                target.SummaryInformation.TryAdd("Skipped", reason);
        }

        if (target.DependencyBehavior == DependencyBehavior.Execute)
            return;

        bool IsNeeded(ExecutableTarget x) => build.ExecutionPlan.Any(
            y => y != target && y.Status == ExecutionStatus.Scheduled && y.ExecutionDependencies.Contains(x));
        foreach (var dependency in target.ExecutionDependencies.Where(x => !IsNeeded(x)).ToList())
            Skip(dependency, $"because of {target.Name}");
    }

    void Run(ExecutableTarget target, BuildAttempt attempt)
    {
        using var attribution = log.EnterTarget(target.Name);
        using var block = NukeBuild.Host.WriteBlock(target.Name);

        target.Stopwatch.Start();
        target.Status = ExecutionStatus.Running;
        try
        {
            target.Actions.ForEach(action => action());
            target.Status = ExecutionStatus.Succeeded;
            attempt.Add(target);
        }
        catch (Exception exception)
        {
            if (target.SummaryInformation.Count == 0)
                target.SummaryInformation[exception.GetType().Name] = exception.Message.ReplaceLineEndings("\n").Split('\n')[0];
            Log.Error(exception, "Target {TargetName} has thrown an exception", target.Name);
            target.Status = ExecutionStatus.Failed;
            throw new TargetExecutionException(target.Name, exception);
        }
        finally
        {
            target.Stopwatch.Stop();
        }
    }
}

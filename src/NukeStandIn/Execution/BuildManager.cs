using System.Linq.Expressions;
using System.Text;
using Nuke.Common.Execution.Theming;
using Nuke.Common.Utilities;
using Serilog;

namespace Nuke.Common.Execution;

/// <summary>Runs a build from its creation to the summary.</summary>
static class BuildManager
{
    const int ErrorExitCode = -1;

    public static int Execute<T>(Expression<Func<T, Target>>[] defaultTargets)
        where T : NukeBuild, new()
    {
        Console.OutputEncoding = Encoding.UTF8;

        var build = new T();
        var log = new BuildLog(NukeBuild.Host, NukeBuild.TemporaryDirectory, NukeBuild.ConsoleLevel);
        try
        {
            Run(build, log, defaultTargets);
            return build.ExitCode ??= build.IsSucceeding ? 0 : ErrorExitCode;
        }
        catch (Exception wrapped)
        {
            var exception = wrapped.Unwrap();
            if (exception is not TargetExecutionException)
            {
                Log.Verbose(exception, "Target-unrelated exception was thrown");
                NukeBuild.Host.WriteLine(exception.Message, LineStyle.Error);
            }

            return build.ExitCode ??= ErrorExitCode;
        }
        finally
        {
            Finish(build, log);
            Log.CloseAndFlush();
        }
    }

    static void Run<T>(T build, BuildLog log, Expression<Func<T, Target>>[] defaultTargets)
        where T : NukeBuild
    {
        build.ExecutableTargets = TargetFactory.CreateAll(build, defaultTargets);
        build.ExecuteExtension<IOnBuildCreated>(
            nameof(IOnBuildCreated.OnBuildCreated), x => x.OnBuildCreated(build.ExecutableTargets));

        if (!build.NoLogo)
        {
            NukeBuild.Host.WriteLine("Stand-in for NUKE 10.1.0 (Linux,.NETCoreApp,Version=v10.0)", LineStyle.Information);
            NukeBuild.Host.WriteLine();
        }

        build.ExecutionPlan = ExecutionPlanner.GetPlan(
            build.ExecutableTargets, (string[])NukeBuild.Parameters.GetParameter("Target", typeof(string[]), NukeBuild.TargetsSeparator));
        build.ExecuteExtension<IOnBuildInitialized>(
            nameof(IOnBuildInitialized.OnBuildInitialized), x => x.OnBuildInitialized(build.ExecutableTargets, build.ExecutionPlan));

        var executor = new BuildExecutor(build, log);
        Console.CancelKeyPress += (_, _) =>
        {
            executor.ExecuteAssured();
            Finish(build, log);
        };
        executor.Execute((string[])NukeBuild.Parameters.GetParameter("Skip", typeof(string[]), NukeBuild.TargetsSeparator));
    }

    static void Finish(NukeBuild build, BuildLog log)
    {
        if (build.ExecutionPlan is null)
            return;

        foreach (var target in build.ExecutionPlan)
        {
            target.Stopwatch.Stop();
            target.Status = target.Status switch
            {
                ExecutionStatus.Running => ExecutionStatus.Aborted,
                ExecutionStatus.Scheduled => ExecutionStatus.NotRun,
                var status => status,
            };
        }

        log.WriteErrorsAndWarnings();
        NukeBuild.Host.WriteTargetOutcome(build);
        NukeBuild.Host.WriteBuildOutcome(build);
        build.ExecuteExtension<IOnBuildFinished>(nameof(IOnBuildFinished.OnBuildFinished), x => x.OnBuildFinished());
    }
}

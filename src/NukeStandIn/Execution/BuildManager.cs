using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using Nuke.Common.CI;
using Serilog;

namespace Nuke.Common.Execution;

/// <summary>Runs a build from its creation to the summary.</summary>
static class BuildManager
{
    const int ErrorExitCode = -1;
    const char Separator = '+';

    public static int Execute<T>(Expression<Func<T, Target>>[] defaultTargets)
        where T : NukeBuild, new()
    {
        Console.OutputEncoding = Encoding.UTF8;

        var build = new T();
        var log = new BuildLog(NukeBuild.Host, NukeBuild.TemporaryDirectory);
        try
        {
            Run(build, log, defaultTargets);
            return build.ExitCode ??= OutcomeTable.IsSuccess(build.ExecutionPlan) ? 0 : ErrorExitCode;
        }
        catch (Exception wrapped)
        {
            var exception = wrapped is TargetInvocationException { InnerException: { } inner } ? inner : wrapped;
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
        var parameters = NukeBuild.Parameters;
        var targets = TargetFactory.CreateAll(build, defaultTargets);
        var extensions = typeof(T).GetCustomAttributes<BuildExtensionAttributeBase>().OrderByDescending(x => x.Priority).ToList();
        extensions.ForEach(x => x.Build = build);
        foreach (var extension in extensions.OfType<IOnBuildCreated>())
            extension.OnBuildCreated(targets);
        log.SetVerbosity(build.ReadParameters());
        if (parameters.Get<string>("generate-configuration") is { } configuration)
        {
            ConfigurationAttributeBase.Generate(
                configuration, build, typeof(T).GetCustomAttributes<ConfigurationAttributeBase>(), targets);
            Environment.Exit(0);
        }

        build.ExecutionPlan = ExecutionPlanner.GetPlan(
            targets, parameters.Get<string[]>("Target", Separator), isStrict: parameters.Has("strict"));
        foreach (var extension in extensions.OfType<IOnBuildInitialized>())
            extension.OnBuildInitialized(targets, build.ExecutionPlan);
        build.OnBuildInitialized();

        Console.CancelKeyPress += (_, _) => Finish(build, log);
        new BuildExecutor(build, log).Execute(parameters.Get<string[]>("Skip", Separator));
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
        new OutcomeTable(build.ExecutionPlan).Write(NukeBuild.Host);
        build.OnBuildFinished();
    }
}

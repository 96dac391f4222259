using System.Linq.Expressions;
using System.Reflection;
using Nuke.Common.Execution;
using Nuke.Common.IO;
using Nuke.Common.Parameters;
using Nuke.Common.Tooling;

namespace Nuke.Common;

/// <summary>
/// Base class of builds. Source-compatible with the part of NUKE 10.1.0 (https://nuke.build) that this repository uses, for
/// places where NUKE's package is not available. It never asks for input.
/// </summary>
public abstract class NukeBuild : INukeBuild
{
    readonly Dictionary<MemberInfo, object> values = [];

    // A static constructor, and not initialisers, so that a Main can change the environment before it is read.
    static NukeBuild()
    {
        Parameters = new ParameterService(Environment.GetCommandLineArgs()[1..]);
        RootDirectory = Root.Find(Parameters);
        TemporaryDirectory = RootDirectory / Root.Mark / "temp";
        Directory.CreateDirectory(TemporaryDirectory);
        Host = Host.Find(Parameters.Get<string>("Host"));
    }

    /// <summary>The folder with <c>.nuke</c>: <c>--root</c>, or the nearest one from the current folder upwards.</summary>
    public static AbsolutePath RootDirectory { get; }

    /// <summary><c>.nuke/temp</c>.</summary>
    public static AbsolutePath TemporaryDirectory { get; }

    AbsolutePath INukeBuild.RootDirectory => RootDirectory;
    AbsolutePath INukeBuild.TemporaryDirectory => TemporaryDirectory;

    internal static ParameterService Parameters { get; }
    internal static Host Host { get; }

    /// <summary>The targets to run, in order; <see langword="null"/> until they are known.</summary>
    public IReadOnlyCollection<ExecutableTarget> ExecutionPlan { get; internal set; }

    /// <summary>The targets that have neither been run nor skipped.</summary>
    public IReadOnlyCollection<ExecutableTarget> ScheduledTargets =>
        [.. ExecutionPlan.Where(target => target.Status == ExecutionStatus.Scheduled)];

    public bool Plan { get; private set; }
    public bool Help { get; private set; }
    public bool Continue { get; private set; }

    /// <summary>Changes nothing: this engine has no logo.</summary>
    public bool NoLogo { get; set; }

    /// <summary>The exit code of the build; unless set, 0 for success and -1 for failure.</summary>
    public int? ExitCode { get; set; }

    /// <summary>Runs the build.</summary>
    /// <param name="defaultTargetExpressions">The targets to run when none is named.</param>
    /// <returns>The exit code for <c>Main</c>.</returns>
    protected static int Execute<T>(params Expression<Func<T, Target>>[] defaultTargetExpressions)
        where T : NukeBuild, new() =>
        BuildManager.Execute(defaultTargetExpressions);

    public void ReportSummary(Configure<Dictionary<string, string>> configurator = null) =>
        ExecutionPlan.Single(x => x.Status == ExecutionStatus.Running).SummaryInformation = configurator?.Invoke([]) ?? [];

    T INukeBuild.TryGetValue<T>(Expression<Func<T>> parameterExpression) => TryGetValue<T>(parameterExpression.Body);

    T INukeBuild.TryGetValue<T>(Expression<Func<object>> parameterExpression) => TryGetValue<T>(parameterExpression.Body);

    /// <summary>Called when the execution plan is known, before anything is skipped or run.</summary>
    protected internal virtual void OnBuildInitialized()
    {
    }

    /// <summary>Called after the summary, also after a failure.</summary>
    protected internal virtual void OnBuildFinished()
    {
    }

    /// <summary>Gives the engine's own parameters their values.</summary>
    internal Verbosity ReadParameters()
    {
        Parameters.Files = new ParameterFiles(RootDirectory / Root.Mark, Parameters.Get<string[]>("Profile") ?? []);
        Plan = Read<bool>(nameof(Plan));
        Help = Read<bool>(nameof(Help));
        Continue = Read<bool>(nameof(Continue));
        return Read<Verbosity?>(nameof(Verbosity)) ?? Verbosity.Normal;

        static T Read<T>(string name) => (T)(Parameters.TryGet(name, typeof(T), $"{nameof(NukeBuild)}.{name}") ?? default(T));
    }

    // In an Expression<Func<object>>, properties of value types are wrapped in a conversion.
    T TryGetValue<T>(Expression parameter)
    {
        var member = ((MemberExpression)(parameter is UnaryExpression conversion ? conversion.Operand : parameter)).Member;
        if (!values.TryGetValue(member, out var value))
        {
            var name = member.GetCustomAttribute<ParameterAttribute>().Name ?? member.Name;
            value = Parameters.TryGet(name, typeof(T), $"{member.DeclaringType.Name}.{member.Name}");
            values.Add(member, value);
        }

        return (T)value;
    }
}

using L4ReMusl.Foundation.Text;

namespace L4ReMusl.CommandLine;

/// <summary>All targets and parameters of a build.</summary>
/// <param name="targets">The targets, in the order in which the help shows them.</param>
/// <param name="parameters">The build's own parameters. Those of <see cref="EngineParameters"/> are added.</param>
public sealed class CommandLineInfo(IReadOnlyList<TargetInfo> targets, IEnumerable<ParameterInfo> parameters)
{
    /// <summary>The targets.</summary>
    public IReadOnlyList<TargetInfo> Targets { get; } = targets;

    /// <summary>The build's own parameters, then the engine's.</summary>
    public IReadOnlyList<ParameterInfo> Parameters { get; } =
    [
        .. parameters.Where(own => !EngineParameters.All.Any(engine => ParameterName.AreEqual(own.Name, engine.Name))),
        .. EngineParameters.All,
    ];

    /// <summary>Finds a target by its name in any spelling that NUKE accepts.</summary>
    public TargetInfo? FindTarget(string name) => Targets.FirstOrDefault(target => ParameterName.AreEqual(target.Name, name));

    /// <summary>Finds a parameter by its name in any spelling that NUKE accepts, with or without leading dashes.</summary>
    public ParameterInfo? FindParameter(string name) =>
        Parameters.FirstOrDefault(parameter => ParameterName.AreEqual(parameter.Name, name));
}

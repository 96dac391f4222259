using NukeStandIn.Samples;

// The variable chooses the build; the command line belongs to the build alone.
return Environment.GetEnvironmentVariable("SAMPLE_BUILD") switch
{
    nameof(GraphBuild) => GraphBuild.Run(),
    nameof(CycleBuild) => CycleBuild.Run(),
    nameof(ConditionBuild) => ConditionBuild.Run(),
    nameof(FailureBuild) => FailureBuild.Run(),
    nameof(ParameterBuild) => ParameterBuild.Run(),
    nameof(ExtensionBuild) => ExtensionBuild.Run(),
    nameof(ComponentBuild) => ComponentBuild.Run(),
    var other => throw new InvalidOperationException($"SAMPLE_BUILD is '{other}', which is no sample"),
};

using L4ReMusl.HostTools;

namespace L4ReMusl.Goals;

/// <summary>Which kinds of host tools each target needs, so that nothing is installed that the selected targets do without.</summary>
public static class TargetNeeds
{
    static readonly Dictionary<string, ToolNeed[]> Needs = new(StringComparer.OrdinalIgnoreCase)
    {
        ["FetchMusl"] = [ToolNeed.Signature],
        ["AddVersion"] = [ToolNeed.Signature, ToolNeed.Patch],
        ["Patch"] = [ToolNeed.Compile],
        ["CompileArm"] = [ToolNeed.Compile],
        ["CompileArm64"] = [ToolNeed.Compile],
        ["PackageL4Re"] = [ToolNeed.Package],
        ["CompileComponents"] = [ToolNeed.Component],
        ["LsbRoot"] = [ToolNeed.Image, ToolNeed.SelfTest],
        ["Image"] = [ToolNeed.Kernel],
        ["Run"] = [ToolNeed.Boot],
        ["SmokeTest"] = [ToolNeed.SelfTest],
        ["RustStd"] = [ToolNeed.Rust],
        ["RustTest"] = [ToolNeed.RustTest],
        ["Test"] = [ToolNeed.Test, ToolNeed.Boot],
    };

    /// <summary>The needs of several targets, each once; targets that need no tool are passed over.</summary>
    public static IReadOnlyCollection<ToolNeed> Of(IEnumerable<string> targets) =>
        [.. targets.SelectMany(target => Needs.GetValueOrDefault(target, [])).Distinct()];
}

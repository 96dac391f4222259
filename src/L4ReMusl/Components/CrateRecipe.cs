using L4ReMusl.Foundation.Processes;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Rust;

namespace L4ReMusl.Components;

/// <summary>Builds a component that is a crate of this repository: a program for <c>/usr/bin</c>.</summary>
/// <param name="layout">Where the crates are.</param>
/// <param name="crate">The crate's name.</param>
/// <param name="target">What it is built for.</param>
/// <param name="std">The stage that makes the standard library; it must have run before anything is built.</param>
/// <param name="cargo">Runs cargo. Both are asked late: which compiler is used may turn out only when it is tried.</param>
/// <param name="runner">Runs tools.</param>
public sealed class CrateRecipe(BuildLayout layout, string crate, RustTarget target, Func<RustStdStage> std, Func<Cargo> cargo, ToolRunner runner) : IComponentRecipe
{
    /// <inheritdoc/>
    public IEnumerable<(string Name, string Value)> Inputs =>
    [
        ("standard library", std().Inputs.Digest),
        .. CrateSources.Hashes(layout),
    ];

    /// <inheritdoc/>
    public string Build(string work, string logFile)
    {
        using var log = new CommandLog(runner, logFile);
        log.Run($"build {crate} for {target.Name}", cargo().Invocation(
            [target], Path.Combine(work, "target"), "build", "--release", "--package", crate, "--target", target.Name));
        var program = Path.Combine(work, "installed", "usr", "bin", crate);
        Directory.CreateDirectory(Path.GetDirectoryName(program)!);
        File.Copy(Path.Combine(work, "target", target.Name, "release", crate), program);
        return Path.Combine(work, "installed");
    }
}

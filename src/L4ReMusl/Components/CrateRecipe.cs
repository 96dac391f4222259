using L4ReMusl.Foundation.Processes;
using L4ReMusl.Layout;
using L4ReMusl.Musl;
using L4ReMusl.Rust;
using L4ReMusl.Stages;

namespace L4ReMusl.Components;

/// <summary>Builds a component from a crate in this repository: a program for <c>/usr/bin</c>.</summary>
/// <param name="layout">Where the crates are.</param>
/// <param name="crate">The crate's name.</param>
/// <param name="prefix">Makes the prefix that it is linked with.</param>
/// <param name="std">Makes the standard library.</param>
/// <param name="rust">Runs cargo.</param>
/// <param name="runner">Runs tools.</param>
public sealed class CrateRecipe(
    BuildLayout layout, string crate, PrefixStage prefix, RustStdStage std, RustChoice rust, ToolRunner runner) : IComponentRecipe
{
    /// <inheritdoc/>
    public IEnumerable<IStage> Needs => [std];

    /// <inheritdoc/>
    public IEnumerable<(string Name, string Value)> Inputs =>
        [("cargo", string.Join(' ', Arguments)), .. CrateSources.Hashes(layout)];

    string[] Arguments => ["build", "--release", "--package", crate, "--target", std.Target.Name];

    /// <inheritdoc/>
    public string Build(string work, string logFile)
    {
        using var log = new CommandLog(runner, logFile);
        log.Run($"build {crate} for {std.Target.Name}", rust.Cargo.Invocation(
            [new RustSettings(std.Target, prefix.Output, std.Output)], Path.Combine(work, "target"), Arguments));
        var program = Path.Combine(work, "installed", "usr", "bin", crate);
        Directory.CreateDirectory(Path.GetDirectoryName(program)!);
        File.Copy(Path.Combine(work, "target", std.Target.Name, "release", crate), program);
        return Path.Combine(work, "installed");
    }
}

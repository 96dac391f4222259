using L4ReMusl.Foundation.Files;
using L4ReMusl.Musl;
using L4ReMusl.Rust;
using L4ReMusl.Settings;

namespace L4ReMusl.Goals;

/// <summary>Writes the settings for cargo, and passes them on to the CI system.</summary>
public sealed class RustEnvironmentGoal() : Goal("RustEnvironment")
{
    /// <inheritdoc/>
    public override IReadOnlyList<Flavour> NeededFlavours(BuildSettings settings) => [Flavour.Linux];

    /// <inheritdoc/>
    public override GoalReport Reach(GoalContext context)
    {
        var (rust, folder) = (context.Graph.Rust, context.Layout.Rust);
        var (cargo, usual) = (rust.Choice.Cargo, context.Build.Tools.Find("rustc"));
        var environment = cargo.Environment(rust.Targets.Select(rust.SettingsOf), usual);
        AtomicFile.Write(Path.Combine(folder, "env.sh"), environment.ForShell);
        AtomicFile.Write(Path.Combine(folder, "config.toml"), environment.ForCargo);
        if (context.HasL4ReFlavour)
        {
            AtomicFile.Write(
                Path.Combine(folder, "l4re.toml"), cargo.NativeEnvironment(rust.Targets.Select(rust.NativeSettingsOf), usual));
        }

        new CiEnvironment(Environment.GetEnvironmentVariable, context.Build.Display.Writer).Publish(environment);
        return GoalReport.OfText(environment.ForShell);
    }
}

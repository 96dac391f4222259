using L4ReMusl.HostTools;
using L4ReMusl.Musl;
using L4ReMusl.Packs;
using L4ReMusl.Settings;
using L4ReMusl.Stages;

namespace L4ReMusl.Goals;

/// <summary>Makes the pack: archives of all results, with what others need to check them.</summary>
public sealed class PackGoal() : Goal("Pack")
{
    const string KeyVariable = "L4RE_MUSL_SIGNING_KEY";

    /// <inheritdoc/>
    public override IReadOnlyList<ToolNeed> Tools => [ToolNeed.Kernel];

    /// <inheritdoc/>
    public override IEnumerable<ToolNeed> MoreTools(BuildSettings settings, IReadOnlyList<Flavour> flavours) =>
        KeyOf(settings) is null ? [] : [ToolNeed.Sign];

    /// <inheritdoc/>
    public override IReadOnlyList<Flavour> NeededFlavours(BuildSettings settings) => [Flavour.Linux];

    /// <inheritdoc/>
    public override void Check(GoalContext context) => ImageGoal.CheckBootSets(context);

    /// <inheritdoc/>
    public override IEnumerable<IStage> Stages(GoalContext context) => [StageOf(context)];

    /// <summary>The stage that makes the pack.</summary>
    public static PackStage StageOf(GoalContext context) =>
        context.Graph.Packs.PackOf(context.Flavours, KeyOf(context.Settings));

    // A secret of a CI system is a variable; it is never a parameter, which others can see.
    static SshKey? KeyOf(BuildSettings settings) =>
        (Environment.GetEnvironmentVariable(KeyVariable), settings.Get(Parameters.SigningKey)) switch
        {
            ({ } text, _) when !string.IsNullOrWhiteSpace(text) => new SshKey($"The key in {KeyVariable}", null, text),
            (_, { } file) => new SshKey($"The key '{file}'", file, null),
            _ => null,
        };
}

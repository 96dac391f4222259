using L4ReMusl.Musl;
using L4ReMusl.Settings;

namespace L4ReMusl.Goals;

/// <summary>Decides which flavours of musl a run builds.</summary>
public static class FlavourSelection
{
    /// <summary>
    /// The flavours that the user asked for; by default those that the goals need, or all with an L4Re tree.
    /// </summary>
    /// <param name="settings">What the user asked for.</param>
    /// <param name="goals">The goals of the run, in its order.</param>
    /// <exception cref="BuildException">A goal needs a flavour that the user left out.</exception>
    public static IReadOnlyList<Flavour> For(BuildSettings settings, IReadOnlyList<Goal> goals)
    {
        var asked = settings.Flavours;
        if (asked.Count == 0)
        {
            return settings.Tree is not null
                ? Flavour.All
                :
                [
                    .. Flavour.All.Where(flavour =>
                        flavour == Flavour.Linux || goals.Any(goal => goal.NeededFlavours(settings).Contains(flavour))),
                ];
        }

        foreach (var flavour in Flavour.All.Where(flavour => !asked.Contains(flavour)))
        {
            // The last of them is the one that the user asked for.
            if (goals.LastOrDefault(goal => goal.NeededFlavours(settings).Contains(flavour)) is { } goal)
            {
                throw new BuildException(
                    $"The target {goal.Target} needs the flavour {flavour}, which "
                    + $"--flavours {string.Join(' ', asked)} leaves out. Add it, or stop at the target Stage.");
            }
        }

        return asked;
    }
}

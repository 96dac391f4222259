using L4ReMusl.Foundation.Text;
using L4ReMusl.Machines;

namespace L4ReMusl.Components;

/// <summary>Shows what became of the components: a row for each, and for each architecture a column.</summary>
public static class ComponentTable
{
    /// <summary>Renders the table.</summary>
    /// <param name="names">The components that there are.</param>
    /// <param name="architectures">The architectures that were built.</param>
    /// <param name="outcomes">What became of those that were selected; the others were skipped.</param>
    public static string Render(
        IReadOnlyList<string> names,
        IReadOnlyList<Architecture> architectures,
        IReadOnlyDictionary<(string Component, Architecture Architecture), ComponentOutcome> outcomes) => TextTable.Render(
        ["Component", .. architectures.Select(architecture => architecture.Name), "Note"],
        names.Select(name => Row(name, [.. architectures.Select(a => outcomes.GetValueOrDefault((name, a), NotSelected))])));

    static ComponentOutcome NotSelected { get; } = new(ComponentState.Skipped, "not selected, see --components");

    // A note that holds for all is said once; of an error the first line, because the rest is said where it ends the build.
    static IReadOnlyList<string> Row(string name, IReadOnlyList<ComponentOutcome> outcomes) =>
        [name, .. outcomes.Select(outcome => outcome.Words), string.Join("; ", outcomes.Select(outcome => outcome.Note.Split('\n')[0].TrimEnd()).Distinct())];
}

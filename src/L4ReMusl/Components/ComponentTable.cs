using L4ReMusl.Foundation.Text;
using L4ReMusl.Machines;

namespace L4ReMusl.Components;

/// <summary>Shows the outcome of all components: a row for each component, a column for each architecture.</summary>
public static class ComponentTable
{
    /// <summary>Renders the table.</summary>
    /// <param name="names">All components.</param>
    /// <param name="architectures">The architectures that were built.</param>
    /// <param name="outcomes">The outcome of the selected components; the others were skipped.</param>
    public static string Render(
        IReadOnlyList<string> names,
        IReadOnlyList<Architecture> architectures,
        IReadOnlyDictionary<(string Component, Architecture Architecture), ComponentOutcome> outcomes) => TextTable.Render(
        ["Component", .. architectures.Select(architecture => architecture.Name), "Note"],
        names.Select(name => Row(name, [.. architectures.Select(a => outcomes.GetValueOrDefault((name, a), NotSelected))])));

    static ComponentOutcome NotSelected { get; } = new(ComponentState.Skipped, "not selected, see --components");

    // A note that all architectures share is shown once. The error that ends the build shows the other lines of a note.
    static IReadOnlyList<string> Row(string name, IReadOnlyList<ComponentOutcome> outcomes) =>
    [
        name,
        .. outcomes.Select(outcome => outcome.Words),
        string.Join("; ", outcomes.Select(outcome => outcome.Note.Split('\n')[0].TrimEnd()).Distinct()),
    ];
}

using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;

namespace L4ReMusl.Stages;

/// <summary>A stage whose inputs are its own and those of the stages that it needs.</summary>
/// <param name="needs">The stages whose results this one reads.</param>
public abstract class Stage(params IReadOnlyList<IStage> needs) : IStage
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<IStage> Needs => needs;

    /// <inheritdoc/>
    public abstract string Output { get; }

    /// <inheritdoc/>
    public virtual string? Annex => null;

    /// <inheritdoc/>
    public virtual bool IsCacheable => false;

    /// <inheritdoc/>
    public virtual bool OutlivesCode => false;

    /// <inheritdoc/>
    public virtual string? ReasonToRunAlways => null;

    /// <inheritdoc/>
    public Fingerprint Inputs => field ??=
        new Fingerprint([.. OwnInputs, .. needs.Select(need => (need.Name, need.Inputs.Digest))]);

    /// <summary>
    /// What the result depends on besides the results of other stages: files, versions of tools, commands and their options.
    /// </summary>
    protected abstract IEnumerable<(string Name, string Value)> OwnInputs { get; }

    /// <inheritdoc/>
    public virtual void Prepare()
    {
    }

    /// <inheritdoc/>
    public abstract IReadOnlyList<Figure> Make(string scratch);
}

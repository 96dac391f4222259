using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Stages;

namespace L4ReMusl.Tests.Support;

/// <summary>A stage whose result is there.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Output">The result.</param>
/// <param name="Input">What the result depends on.</param>
public sealed record MadeStage(string Name, string Output, string Input = "") : IStage
{
    public Fingerprint Inputs => new(("input", Input));

    public IReadOnlyList<Figure> Make(string scratch) => throw new NotSupportedException();
}

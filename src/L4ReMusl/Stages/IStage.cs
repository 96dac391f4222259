using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;

namespace L4ReMusl.Stages;

/// <summary>One step of the chain: a function from <see cref="Inputs"/> to a folder or file.</summary>
public interface IStage
{
    /// <summary>A short, unique name that can be a file name, such as <c>compile-arm64</c>.</summary>
    string Name { get; }

    /// <summary>The final path of the folder or file that the stage makes.</summary>
    string Output { get; }

    /// <summary>A folder within the result that another stage fills, as a path below it; <see langword="null"/> if there is none.</summary>
    string? Annex => null;

    /// <summary>Whether the result is worth a place in the user's cache, to be shared between clones and branches.</summary>
    bool IsCacheable => false;

    /// <summary>Everything that the result depends on. Must be cheap: it is computed on every run.</summary>
    Fingerprint Inputs { get; }

    /// <summary>Makes the result at <paramref name="scratch"/>, a path that does not exist yet.</summary>
    /// <returns>The figures to report, also on later runs that find the result up to date.</returns>
    IReadOnlyList<Figure> Make(string scratch);
}

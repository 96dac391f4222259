using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;

namespace L4ReMusl.Stages;

/// <summary>One step of the build: a function from <see cref="Inputs"/> to a folder or file.</summary>
public interface IStage
{
    /// <summary>A short, unique name that can be a file name, such as <c>compile-arm64</c>.</summary>
    string Name { get; }

    /// <summary>The stages whose results this one reads. They run first.</summary>
    IReadOnlyList<IStage> Needs => [];

    /// <summary>The final path of the folder or file that the stage makes.</summary>
    string Output { get; }

    /// <summary>A folder within the result that another stage fills, as a path below it; <see langword="null"/> if there is none.</summary>
    string? Annex => null;

    /// <summary>Whether the result is worth a place in the user's cache, to be shared between clones and branches.</summary>
    bool IsCacheable => false;

    /// <summary>Why the stage runs each time, whatever its inputs; <see langword="null"/> if its inputs tell all.</summary>
    string? ReasonToRunAlways => null;

    /// <summary>Everything that the result depends on. Must be cheap: it is computed on every run.</summary>
    /// <exception cref="BuildException">Something that decides them is missing, such as a compiler.</exception>
    Fingerprint Inputs { get; }

    /// <summary>Settles what the inputs depend on and only the outside world knows, such as the version of a kernel.</summary>
    /// <remarks>Called before <see cref="Inputs"/> when the stage is about to run, and never for a mere plan.</remarks>
    void Prepare()
    {
    }

    /// <summary>Makes the result at <paramref name="scratch"/>, a path that does not exist yet.</summary>
    /// <returns>The figures to report, also on later runs that find the result up to date.</returns>
    IReadOnlyList<Figure> Make(string scratch);
}

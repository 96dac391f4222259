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

    /// <summary>
    /// A folder in the result that another stage fills, relative to the result; <see langword="null"/> if there is none.
    /// </summary>
    string? Annex => null;

    /// <summary>Whether the result is kept in caches, which clones, branches and perhaps other machines share.</summary>
    /// <remarks>Then <see cref="Inputs"/> must contain all that its bytes depend on, also from machine to machine.</remarks>
    bool IsCacheable => false;

    /// <summary>
    /// Whether a cached result is also used by builds whose code has changed. Only for what takes long to make.
    /// </summary>
    /// <remarks>
    /// Then a number among <see cref="Inputs"/> stands for the code, and somebody must remember to increment it.
    /// </remarks>
    bool OutlivesCode => false;

    /// <summary>Why the stage always runs; <see langword="null"/> if its inputs decide.</summary>
    string? ReasonToRunAlways => null;

    /// <summary>Everything that the result depends on. Must be cheap to compute, because every run does.</summary>
    /// <exception cref="BuildException">Something that they are computed from is missing, such as a compiler.</exception>
    Fingerprint Inputs { get; }

    /// <summary>Finds out inputs that only the outside world knows, such as the version of a kernel.</summary>
    /// <remarks>
    /// Called before <see cref="Inputs"/> when the stage is about to run, and never for a plan. Those of several stages may run
    /// at the same time.
    /// </remarks>
    void Prepare()
    {
    }

    /// <summary>Makes the result at <paramref name="scratch"/>, a path that does not exist yet.</summary>
    /// <returns>The figures to report, also on later runs that find the result up to date.</returns>
    IReadOnlyList<Figure> Make(string scratch);
}

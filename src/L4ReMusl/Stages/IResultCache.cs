using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;

namespace L4ReMusl.Stages;

/// <summary>Keeps results of stages, by what they were made from. Used by several threads at once.</summary>
public interface IResultCache
{
    /// <summary>Makes a copy of a result at <paramref name="target"/>, if there is one and it is intact.</summary>
    /// <param name="stage">The name of the stage.</param>
    /// <param name="inputs">What the result is made from.</param>
    /// <param name="target">A path that does not exist, and still does not if there is no such result.</param>
    /// <returns>What is known about the result; <see langword="null"/> if the cache does not have it.</returns>
    CachedResult? TryRestore(string stage, Fingerprint inputs, string target);

    /// <summary>Keeps a copy of a result, if possible.</summary>
    /// <param name="stage">The name of the stage.</param>
    /// <param name="inputs">What it was made from.</param>
    /// <param name="result">The folder or file.</param>
    /// <param name="figures">The figures that the stage reported.</param>
    void Store(string stage, Fingerprint inputs, string result, IReadOnlyList<Figure> figures);
}

/// <summary>A result that came from a cache.</summary>
/// <param name="Figures">The figures that were reported when it was made.</param>
/// <param name="Outcome">Which cache it came from.</param>
public sealed record CachedResult(IReadOnlyList<Figure> Figures, StageOutcome Outcome);

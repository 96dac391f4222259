using System.Text;

namespace L4ReMusl.Versions;

/// <summary>The series of a new version: the patches of the previous series that still apply.</summary>
/// <param name="folder">The folder for the new series.</param>
/// <param name="newest">The previous version.</param>
/// <param name="trials">The results for the patches of the previous series.</param>
sealed class CarriedSeries(string folder, string newest, IReadOnlyList<PatchTrial> trials)
{
    /// <summary>The text of the file: patches of other versions, copies, and comments on what is to be done.</summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder(
                $"# {Path.GetFileName(folder)}: what it lacks of the series of {newest}. "
                + "Applied in this order; ../README.md says how.\n\n");
            foreach (var trial in trials.Where(trial => trial.IsCarried || trial.Fit == PatchFit.Conflict))
                text.Append(Line(trial)).Append('\n');
            return text.ToString();
        }
    }

    string Line(PatchTrial trial) => trial.Fit switch
    {
        PatchFit.Applies => Path.GetRelativePath(folder, trial.Patch.Path),
        PatchFit.Moved => trial.Patch.FileName,
        _ => $"# To be refreshed: {Path.GetRelativePath(folder, trial.Patch.Path)} ({string.Join("; ", trial.Places)})",
    };
}

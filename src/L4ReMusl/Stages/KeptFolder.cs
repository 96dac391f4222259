using L4ReMusl.Foundation.Files;

namespace L4ReMusl.Stages;

/// <summary>
/// A folder that a stage worked in and that is kept, so that the next time it has less to do. Nothing depends on it: without it,
/// the stage starts from nothing.
/// </summary>
/// <param name="folders">Where it lies.</param>
/// <param name="stage">The stage's name.</param>
public sealed class KeptFolder(StageFolders folders, string stage)
{
    string Folder => folders.KeptOf(stage);

    string StampFile => folders.StampOf($"{stage}.kept");

    /// <summary>
    /// What the folder was made from; <see langword="null"/> if there is none, or if something has changed it since.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Inputs =>
        StageStamp.Read(StampFile) is { } stamp && Directory.Exists(Folder) && FileTree.State(Folder) == stamp.OutputState
            ? stamp.Inputs
            : null;

    /// <summary>Takes the folder away to work in it. If the build is killed, it is gone.</summary>
    /// <param name="work">Where it is moved, a path that does not exist.</param>
    public void Take(string work)
    {
        File.Delete(StampFile);
        Directory.Move(Folder, work);
    }

    /// <summary>Keeps a folder in place of the earlier one.</summary>
    /// <param name="work">Where it is; it is moved.</param>
    /// <param name="inputs">What it was made from.</param>
    public void Keep(string work, Fingerprint inputs)
    {
        File.Delete(StampFile);
        FileTree.Delete(Folder);
        Directory.CreateDirectory(Path.GetDirectoryName(Folder)!);
        Directory.Move(work, Folder);
        new StageStamp(inputs.Entries, FileTree.State(Folder), []).Write(StampFile);
    }
}

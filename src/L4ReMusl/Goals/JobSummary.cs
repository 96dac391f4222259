using System.Text;
using L4ReMusl.CommandLine;

namespace L4ReMusl.Goals;

/// <summary>Writes what a build did to the page that a CI system shows for the job, if the build runs in one.</summary>
/// <remarks>
/// GitHub Actions: workflow commands, "Adding a job summary". Azure Pipelines: logging commands, "UploadSummary".
/// </remarks>
/// <param name="variable">Reads an environment variable.</param>
/// <param name="file">The file for systems that name none.</param>
/// <param name="output">The output that the CI system reads.</param>
public sealed class JobSummary(Func<string, string?> variable, string file, TextWriter output)
{
    const string Fence = "````";

    bool isWritten;

    bool IsAzure => CiSystem.IsAzure(variable);

    /// <summary>Adds the report of a target.</summary>
    public void Add(string target, GoalReport report)
    {
        var text = new StringBuilder();
        if (report.Figures.Count > 0)
        {
            text.Append("| | |\n|---|---|\n");
            foreach (var (name, value) in report.Figures)
                text.Append($"| {Cell(name)} | {Cell(value)} |\n");
            text.Append('\n');
        }

        if (report.Text is { } table)
            text.Append(Verbatim(table));
        if (report.Failure is { } failure)
            text.Append(Verbatim(failure));
        Write(target, report.Failure is null, text.ToString());
    }

    /// <summary>Adds a target that could not be reached.</summary>
    public void Add(string target, BuildException failure) => Write(target, false, Verbatim(failure.Message));

    /// <summary>Hands the summary to a system that wants to be told about it.</summary>
    public void Finish()
    {
        if (isWritten && IsAzure)
            output.WriteLine($"##vso[task.uploadsummary]{Path.GetFullPath(file)}");
        isWritten = false;
    }

    void Write(string target, bool hasSucceeded, string text)
    {
        var path = variable("GITHUB_STEP_SUMMARY") is { Length: > 0 } own ? own : IsAzure ? file : null;
        if (path is null || (hasSucceeded && text.Length == 0))
            return;
        if (path == file && !isWritten)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            File.Delete(file); // It may be an earlier run's.
        }

        File.AppendAllText(path, $"### {target}{(hasSucceeded ? "" : " failed")}\n\n{text}");
        isWritten = true;
    }

    static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");

    // Tables are aligned with blanks, and messages may have any characters.
    static string Verbatim(string text) =>
        $"{Fence}text\n{text.Trim('\n').Replace(Fence, "'", StringComparison.Ordinal)}\n{Fence}\n\n";
}

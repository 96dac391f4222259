using System.Reflection;

namespace L4ReMusl.Foundation.Reports;

/// <summary>Says in one sentence why a build failed. Stack traces go to a file, whose path the user gets.</summary>
/// <param name="locate">Returns the file's path, which needs the repository, and so may fail as well.</param>
public sealed class FailureReport(Func<string> locate)
{
    // Linux's values of errno(3), which .NET passes on as the HResult of an IOException.
    const int NoSpace = 28, ReadOnly = 30, TooManyFiles = 24, OverQuota = 122;

    /// <summary>Turns any failure into one with a message for users, and keeps its stack trace.</summary>
    public BuildException Explain(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is BuildException meant)
                return meant;
        }

        // The wrappers that reflection and static constructors throw say nothing useful.
        var told = failure;
        while (told is TargetInvocationException or TypeInitializationException && told.InnerException is { } inner)
            told = inner;
        return new BuildException(Keep(failure, Sentence(told)), failure);
    }

    static string Sentence(Exception failure) => failure switch
    {
        IOException { HResult: NoSpace or OverQuota } =>
            $"{Message(failure)}. Free some space there, or use other places: results are in the clone, downloads in "
            + "--cache-folder, and scratch files in TMPDIR.",
        IOException { HResult: ReadOnly } or UnauthorizedAccessException =>
            $"{Message(failure)}. This user must be able to write there; change its owner or mode, or build in another clone.",
        IOException { HResult: TooManyFiles } => $"{Message(failure)}. Raise the limit with 'ulimit -n'.",
        IOException => $"{Message(failure)}.",
        _ => $"A defect of this build: {failure.GetType().Name}: {Message(failure)}.",
    };

    string Keep(Exception failure, string sentence)
    {
        var file = "";
        try
        {
            file = locate();
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            File.AppendAllText(file, $"{DateTime.Now:O} {failure}{Environment.NewLine}{Environment.NewLine}");
            return $"{sentence} The stack trace is in {file}.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BuildException)
        {
            return file.Length == 0 ? sentence : $"{sentence} (Nothing could be written to {file}.)"; // On a full disk, say.
        }
    }

    static string Message(Exception failure) => failure.Message.Split('\n')[0].Trim().TrimEnd('.');
}

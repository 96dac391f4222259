using L4ReMusl.CommandLine;

namespace L4ReMusl.Rust;

/// <summary>Passes the settings for cargo on to the later steps of the CI job, if this build runs in one.</summary>
/// <param name="variable">Reads an environment variable.</param>
/// <param name="output">The output that the CI system reads.</param>
public sealed class CiEnvironment(Func<string, string?> variable, TextWriter output)
{
    /// <summary>Passes them on.</summary>
    /// <remarks>
    /// GitHub Actions: workflow commands, "Setting an environment variable". Azure Pipelines: logging commands,
    /// "SetVariable".
    /// </remarks>
    public void Publish(RustEnvironment environment)
    {
        if (environment.HasBlank)
            return;
        if (variable("GITHUB_ENV") is { Length: > 0 } file)
            File.AppendAllLines(file, environment.ForGitHub);
        if (CiSystem.IsAzure(variable))
        {
            foreach (var line in environment.ForAzure)
                output.WriteLine(line);
        }
    }
}

namespace L4ReMusl.CommandLine;

/// <summary>Recognizes the CI system that a build runs on.</summary>
public static class CiSystem
{
    /// <summary>Whether it is Azure Pipelines.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    public static bool IsAzure(Func<string, string?> variable) =>
        string.Equals(variable("TF_BUILD"), "true", StringComparison.OrdinalIgnoreCase);
}

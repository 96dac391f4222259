namespace Nuke.Common.Execution;

/// <summary>Ends the build after a failure that is already in the log.</summary>
sealed class TargetExecutionException(string target, Exception inner)
    : Exception($"Target '{target}' has thrown an exception.", inner);

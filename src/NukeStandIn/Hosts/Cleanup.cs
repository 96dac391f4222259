namespace Nuke.Common.Execution;

/// <summary>Runs an action at the end of a <c>using</c> block.</summary>
sealed class Cleanup(Action action) : IDisposable
{
    public void Dispose() => action();
}

namespace Nuke.Common.Execution;

/// <summary>Calls the <c>On...</c> methods of the build, after all other extensions.</summary>
sealed class EventInvokerAttribute : BuildExtensionAttributeBase,
    IOnBuildCreated, IOnBuildInitialized, IOnTargetRunning, IOnTargetSkipped, IOnTargetSucceeded, IOnTargetFailed, IOnBuildFinished
{
    NukeBuild Receiver => (NukeBuild)Build;

    public void OnBuildCreated(IReadOnlyCollection<ExecutableTarget> executableTargets) => Receiver.OnBuildCreated();

    public void OnBuildInitialized(
        IReadOnlyCollection<ExecutableTarget> executableTargets, IReadOnlyCollection<ExecutableTarget> executionPlan) =>
        Receiver.OnBuildInitialized();

    public void OnTargetRunning(ExecutableTarget target) => Receiver.OnTargetRunning(target.Name);

    public void OnTargetSkipped(ExecutableTarget target) => Receiver.OnTargetSkipped(target.Name);

    public void OnTargetSucceeded(ExecutableTarget target) => Receiver.OnTargetSucceeded(target.Name);

    public void OnTargetFailed(ExecutableTarget target) => Receiver.OnTargetFailed(target.Name);

    public void OnBuildFinished() => Receiver.OnBuildFinished();
}

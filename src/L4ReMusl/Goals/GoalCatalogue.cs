namespace L4ReMusl.Goals;

/// <summary>All goals, one for each target.</summary>
public static class GoalCatalogue
{
    /// <summary>The goals.</summary>
    public static IReadOnlyList<Goal> All { get; } =
    [
        new ProvisionGoal(),
        new DoctorGoal(),
        new FetchMuslGoal(),
        new PatchGoal(),
        new ListPatchesGoal(),
        new CompileGoal("CompileArm"),
        new CompileGoal("CompileArm64"),
        new StageGoal(),
        new PackageL4ReGoal(),
        new CompileComponentsGoal(),
        new LsbRootGoal(),
        new ImageGoal(),
        new RunGoal(),
        new SmokeTestGoal(),
        new RustStdGoal(),
        new RustEnvironmentGoal(),
        new RustTestGoal(),
        new UnitTestGoal(),
        new TestGoal("LongTest", TestScope.TakingLong),
        new TestGoal("Test", TestScope.Usual),
        new PackGoal(),
        new VerifyGoal(),
        new ReleaseGoal(),
        new PublishGoal(),
        new AuditGoal(),
        new AddVersionGoal(),
        new CleanGoal(),
        new CacheInfoGoal(),
        new CacheCleanGoal(),
    ];

    /// <summary>The goal of a target.</summary>
    /// <exception cref="ArgumentException">The target has no goal.</exception>
    public static Goal Of(string target) =>
        All.FirstOrDefault(goal => goal.Target == target)
        ?? throw new ArgumentException($"The target '{target}' has no goal", nameof(target));
}

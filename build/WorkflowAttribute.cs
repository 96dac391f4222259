using Nuke.Common.CI;
using Nuke.Common.CI.GitHubActions;
using Nuke.Common.CI.GitHubActions.Configuration;
using Nuke.Common.Execution;
using Nuke.Common.Utilities;

/// <summary>A workflow of GitHub Actions whose jobs run at the same time, and start from what other runs have cached.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
sealed class WorkflowAttribute(string name, GitHubActionsImage image) : GitHubActionsAttribute(name, image)
{
    /// <summary>The jobs: each a name, a colon, and what it runs, as on the command line.</summary>
    public string[] Jobs { get; set; } = [];

    /// <summary>The names of secrets, which the build gets as variables.</summary>
    public string[] Secrets { get; set; } = [];

    public override ConfigurationEntity GetConfiguration(IReadOnlyCollection<ExecutableTarget> relevantTargets)
    {
        var workflow = (GitHubActionsConfiguration)base.GetConfiguration(relevantTargets);
        var image = workflow.Jobs.Single().Image;
        workflow.Jobs = [.. Jobs.Select(text => text.Split(": ") is [var title, var words]
            ? JobOf(title, words, image, relevantTargets)
            : throw new ArgumentException($"'{text}' must be the name of a job, a colon, and what it runs"))];
        return workflow;
    }

    GitHubActionsJob JobOf(
        string title, string words, GitHubActionsImage image, IReadOnlyCollection<ExecutableTarget> all)
    {
        var parts = words.Split(" --", 2);
        var targets = parts[0].Split(' ');
        var job = GetJobs(image, [.. all.Where(target => IsIn(target, targets, all))]);
        job.Name = title;
        job.Steps = [.. job.Steps.Select(step => step is GitHubActionsCacheStep cache ? RestoringCacheStep.Of(cache) : step)];
        foreach (var run in job.Steps.OfType<GitHubActionsRunStep>())
            run.InvokedTargets = [.. targets, .. parts[1..].Select(options => $"--{options}")];
        foreach (var artifact in job.Steps.OfType<GitHubActionsArtifactStep>())
            artifact.Name = $"{artifact.Name}-{title}"; // All jobs of a run put their artefacts into one place.
        return job;
    }

    protected override IEnumerable<(string Key, string Value)> GetImports() =>
        [.. base.GetImports(), .. Secrets.Select(secret => (secret, $"${{{{ secrets.{secret} }}}}"))];

    static bool IsIn(ExecutableTarget target, string[] names, IReadOnlyCollection<ExecutableTarget> all) =>
        names.Contains(target.Name)
        || all.Any(other => other.ExecutionDependencies.Contains(target) && IsIn(other, names, all));

    /// <summary>
    /// Caches each job's folders apart, and restores those of another state, too: most of it is still good, and the build checks
    /// what it uses.
    /// </summary>
    sealed class RestoringCacheStep : GitHubActionsCacheStep
    {
        const string System = "${{ runner.os }}-", Job = System + "${{ github.job }}-";

        public static RestoringCacheStep Of(GitHubActionsCacheStep step) =>
            new() { IncludePatterns = step.IncludePatterns, KeyFiles = step.KeyFiles };

        public override void Write(CustomFileWriter writer)
        {
            writer.WriteLine($"- name: 'Cache: {string.Join(", ", IncludePatterns)}'");
            using var step = writer.Indent();
            writer.WriteLine("uses: actions/cache@v4");
            writer.WriteLine("with:");
            using var inputs = writer.Indent();
            WriteList(writer, "path", IncludePatterns);
            writer.WriteLine($"key: {Job}${{{{ hashFiles({string.Join(", ", KeyFiles.Select(file => $"'{file}'"))}) }}}}");
            WriteList(writer, "restore-keys", Job, System);
        }

        static void WriteList(CustomFileWriter writer, string name, params string[] lines)
        {
            writer.WriteLine($"{name}: |");
            using var list = writer.Indent();
            foreach (var line in lines)
                writer.WriteLine(line);
        }
    }
}

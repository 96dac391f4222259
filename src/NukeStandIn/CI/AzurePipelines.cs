using Nuke.Common.Execution;
using Nuke.Common.IO;
using Nuke.Common.Utilities;

namespace Nuke.Common.CI.AzurePipelines;

/// <summary>Describes a pipeline of Azure Pipelines: a stage with a job for each target that is not a non-entry target.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public class AzurePipelinesAttribute(AzurePipelinesImage image) : ConfigurationAttributeBase
{
    public string[] NonEntryTargets { get; set; } = [];
    public string[] CachePaths { get; set; } = [];

    /// <summary>The files of a state that deserves a cache of its own.</summary>
    public string[] CacheKeyFiles { get; set; } = ["**/global.json", "**/*.csproj", "**/Directory.Packages.props"];

    internal override string HostName => "AzurePipelines";
    internal override string IdPostfix => null;
    internal override AbsolutePath ConfigurationFile => Build.RootDirectory / "azure-pipelines.yml";
    internal override IEnumerable<string> IrrelevantTargetNames => NonEntryTargets;

    public override ConfigurationEntity GetConfiguration(IReadOnlyCollection<ExecutableTarget> relevantTargets) =>
        new Stage(image, [.. relevantTargets.Select(JobOf)]);

    Job JobOf(ExecutableTarget target) => new(
        target.Name,
        [.. target.ExecutionDependencies.Select(other => other.Name).Except(IrrelevantTargetNames)],
        CachePaths,
        CacheKeyFiles,
        [.. ChainOf(target).Select(link => link.Name)],
        [.. ArtifactsOf(target)]);

    // The target, with the non-entry targets that lead to it, in the order of a run.
    IEnumerable<ExecutableTarget> ChainOf(ExecutableTarget target)
    {
        var chain = new List<ExecutableTarget> { target };
        for (var next = 0; next < chain.Count; next++)
        {
            chain.AddRange(chain[next].ExecutionDependencies
                .Where(other => NonEntryTargets.Contains(other.Name) && !chain.Contains(other)));
        }

        return ExecutionPlanner.GetPlan(chain, [target.Name]);
    }

    sealed class Stage(AzurePipelinesImage image, IReadOnlyList<Job> jobs) : ConfigurationEntity
    {
        public override void Write(CustomFileWriter writer) => writer.WriteBlock("stages:", () =>
            writer.WriteBlock($"- stage: {image.GetValue().Replace('-', '_')}", () =>
            {
                writer.WriteLine($"displayName: '{image.GetValue()}'");
                writer.WriteLine("dependsOn: [  ]");
                writer.WriteBlock("pool:", () => writer.WriteLine($"vmImage: '{image.GetValue()}'"));
                writer.WriteBlock("jobs:", () =>
                {
                    foreach (var job in jobs)
                        job.Write(writer);
                });
            }));
    }

    sealed class Job(
        string name, string[] dependencies, string[] cached, string[] keyFiles, string[] targets, string[] artifacts)
        : ConfigurationEntity
    {
        public override void Write(CustomFileWriter writer) => writer.WriteBlock($"- job: {name}", () =>
        {
            writer.WriteLine($"displayName: '{name}'");
            writer.WriteLine($"dependsOn: [ {string.Join(", ", dependencies)} ]");
            writer.WriteBlock("steps:", () =>
            {
                foreach (var path in cached)
                    WriteCache(writer, path);
                Task(writer, "CmdLine@2", $"Run: {string.Join(", ", targets)}",
                    $"script: './build.cmd {string.Join(' ', targets)} --skip'");
                foreach (var path in artifacts)
                {
                    var folder = Path.GetFileName(path);
                    Task(writer, "PublishBuildArtifacts@1", $"Publish: {folder}",
                        $"artifactName: {folder}", $"pathToPublish: '{path}'");
                }
            });
        });

        void WriteCache(CustomFileWriter writer, string path)
        {
            var id = string.Concat(path.Select(letter => letter is '.' or '~' or '/' ? '-' : letter)).Trim('-');
            Task(writer, "Cache@2", $"Cache: {id}",
                $"key: $(Agent.OS) | {id} | {string.Join(", ", keyFiles)}",
                $"restoreKeys: $(Agent.OS) | {id}",
                $"path: {path.Replace("~", "$(HOME)", StringComparison.Ordinal)}");
        }

        static void Task(CustomFileWriter writer, string task, string title, params string[] inputs) =>
            writer.WriteBlock($"- task: {task}", () =>
            {
                writer.WriteLine($"displayName: '{title}'");
                writer.WriteBlock("inputs:", () => Array.ForEach(inputs, writer.WriteLine));
            });
    }
}

/// <summary>The machine that a pipeline runs on.</summary>
public enum AzurePipelinesImage
{
    UbuntuLatest,
}

/// <summary>What can be cached.</summary>
public static class AzurePipelinesCachePaths
{
    public const string NuGet = "~/.nuget/packages";
}

/// <summary>The words for the values above in a pipeline's file.</summary>
static class AzurePipelinesValues
{
    public static string GetValue(this AzurePipelinesImage image) => image switch
    {
        AzurePipelinesImage.UbuntuLatest => "ubuntu-latest",
        _ => throw new ArgumentOutOfRangeException(nameof(image)),
    };
}

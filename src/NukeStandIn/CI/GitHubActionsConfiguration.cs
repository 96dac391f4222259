using Nuke.Common.Utilities;

namespace Nuke.Common.CI.GitHubActions.Configuration;

/// <summary>A workflow.</summary>
public class GitHubActionsConfiguration : ConfigurationEntity
{
    internal string Name { get; init; }
    internal GitHubActionsTrigger[] Triggers { get; init; }
    internal string[] Tags { get; init; }
    internal GitHubActionsPermissions[] Permissions { get; init; }

    public GitHubActionsJob[] Jobs { get; set; }

    public override void Write(CustomFileWriter writer)
    {
        writer.WriteLine($"name: {Name}");
        writer.WriteLine();
        if (Triggers.Length > 0)
            writer.WriteLine($"on: [{string.Join(", ", Triggers.Select(trigger => trigger.GetValue()))}]");
        else
            WriteTags(writer);
        writer.WriteLine();
        if (Permissions.Length > 0)
        {
            writer.WriteBlock("permissions:", () =>
            {
                foreach (var permission in Permissions)
                    writer.WriteLine($"{permission.GetValue()}: write");
            });
            writer.WriteLine();
        }

        writer.WriteBlock("jobs:", () => Array.ForEach(Jobs, job => job.Write(writer)));
    }

    void WriteTags(CustomFileWriter writer) => writer.WriteBlock("on:", () =>
        writer.WriteBlock("push:", () =>
            writer.WriteBlock("tags:", () => Array.ForEach(Tags, tag => writer.WriteLine($"- '{tag}'")))));
}

/// <summary>A job of a workflow.</summary>
public class GitHubActionsJob : ConfigurationEntity
{
    public string Name { get; set; }
    public GitHubActionsImage Image { get; set; }
    public int TimeoutMinutes { get; set; }
    public GitHubActionsStep[] Steps { get; set; }

    public override void Write(CustomFileWriter writer) => writer.WriteBlock($"{Name}:", () =>
    {
        writer.WriteLine($"name: {Name}");
        writer.WriteLine($"runs-on: {Image.GetValue()}");
        if (TimeoutMinutes > 0)
            writer.WriteLine($"timeout-minutes: {TimeoutMinutes}");
        writer.WriteBlock("steps:", () => Array.ForEach(Steps, step => step.Write(writer)));
    });
}

/// <summary>A step of a job.</summary>
public abstract class GitHubActionsStep : ConfigurationEntity;

/// <summary>Checks the repository out.</summary>
public class GitHubActionsCheckoutStep : GitHubActionsStep
{
    public override void Write(CustomFileWriter writer) => writer.WriteLine("- uses: actions/checkout@v6");
}

/// <summary>Restores folders that an earlier run saved, and saves them at the end.</summary>
public class GitHubActionsCacheStep : GitHubActionsStep
{
    public string[] IncludePatterns { get; set; } = [];
    public string[] KeyFiles { get; set; } = [];

    public override void Write(CustomFileWriter writer) => writer.WriteBlock(
        $"- name: 'Cache: {string.Join(", ", IncludePatterns)}'",
        () =>
        {
            writer.WriteLine("uses: actions/cache@v4");
            writer.WriteBlock("with:", () =>
            {
                writer.WriteBlock("path: |", () => Array.ForEach(IncludePatterns, writer.WriteLine));
                var files = string.Join(", ", KeyFiles.Select(file => $"'{file}'"));
                writer.WriteLine($"key: ${{{{ runner.os }}}}-${{{{ hashFiles({files}) }}}}");
            });
        });
}

/// <summary>Runs the build.</summary>
public class GitHubActionsRunStep : GitHubActionsStep
{
    public string BuildCmdPath { get; set; }
    public string[] InvokedTargets { get; set; }
    public Dictionary<string, string> Imports { get; set; }

    public override void Write(CustomFileWriter writer) => writer.WriteBlock(
        $"- name: 'Run: {string.Join(", ", InvokedTargets)}'",
        () =>
        {
            writer.WriteLine($"run: ./{BuildCmdPath} {string.Join(' ', InvokedTargets)}");
            if (Imports.Count == 0)
                return;
            writer.WriteBlock("env:", () =>
            {
                foreach (var (name, value) in Imports)
                    writer.WriteLine($"{name}: {value}");
            });
        });
}

/// <summary>Publishes a folder.</summary>
public class GitHubActionsArtifactStep : GitHubActionsStep
{
    public string Name { get; set; }
    public string Path { get; set; }
    public string Condition { get; set; }

    public override void Write(CustomFileWriter writer) => writer.WriteBlock($"- name: 'Publish: {Name}'", () =>
    {
        writer.WriteLine("uses: actions/upload-artifact@v5");
        if (!string.IsNullOrWhiteSpace(Condition))
            writer.WriteLine($"if: {Condition}");
        writer.WriteBlock("with:", () =>
        {
            writer.WriteLine($"name: {Name}");
            writer.WriteLine($"path: {Path}");
        });
    });
}

using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>Whether the committed definition for Azure is one that Azure understands.</summary>
public sealed class AzureDefinitionTests
{
    static string Definition => File.ReadAllText(Path.Combine(RepositoryRoot.Path, "azure-pipelines.yml"));

    [Fact]
    public void It_follows_the_rules() => AzureRules.Errors(Definition).Should().BeEmpty();

    [Theory]
    [InlineData("vmImage:", "vmimage:", "/stages/0/pool: 'vmimage' is unknown")]
    [InlineData("stages:", "stage:", ": 'stage' is unknown")]
    [InlineData("- stage: ", "- stag: ", "/stages/0: 'stag' is unknown")]
    [InlineData("steps:", "step:", "/stages/0/jobs/0: 'step' is unknown")]
    [InlineData("displayName: 'Publish: logs'", "displayname: logs", "steps/3: 'displayname' is unknown")]
    [InlineData("CmdLine@2", "CmdLine@7", "steps/2/task: 'CmdLine@7' is not a task that is known here")]
    [InlineData("script:", "scripts:", "steps/2/inputs: 'script' is missing")]
    [InlineData("restoreKeys:", "restore-keys:", "steps/0/inputs: 'restore-keys' is unknown")]
    [InlineData("artifactName: logs", "artifactName:", "steps/3/inputs/artifactName: '' is not a text")]
    [InlineData("dependsOn: [  ]", "dependsOn: { job: Test }", "/stages/0/dependsOn: it is no list")]
    [InlineData("job: Pack", "job: the pack", "/stages/0/jobs/1/job: 'the pack' is not a name")]
    [InlineData("job: Pack", "job: Test", "two of a kind are named 'Test'")]
    [InlineData("        steps:", "        timeoutInMinutes: soon\n        steps:", "timeoutInMinutes: 'soon' is not a number")]
    [InlineData("            inputs:\n", "        inputs:\n", "did not find expected")]
    [InlineData("            inputs:\n", "            inputs:\n            ", "did not find expected")]
    [InlineData("    jobs:\n", "jobs:\n", ": 'jobs' is unknown")]
    public void A_mistake_in_it_is_found(string right, string wrong, string error)
    {
        Definition.Should().Contain(right);

        AzureRules.Errors(Definition.Replace(right, wrong, StringComparison.Ordinal))
            .Should().Contain(found => found.Contains(error, StringComparison.Ordinal));
    }
}

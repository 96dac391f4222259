using System.Text;

namespace Nuke.Common.Execution;

/// <summary>Refuses to generate the configuration of a CI server.</summary>
sealed class GenerateBuildServerConfigurationsAttribute : BuildExtensionAttributeBase, IOnBuildCreated
{
    public void OnBuildCreated(IReadOnlyCollection<ExecutableTarget> executableTargets)
    {
        if (NukeBuild.Parameters.HasArgument("generate-configuration"))
            Assert.Fail("--generate-configuration needs the package Nuke.Common, which this stand-in replaces. Use NUKE_ENGINE=package.");
    }
}

/// <summary>Answers <c>--plan</c> with the targets in the order of their execution.</summary>
sealed class HandlePlanRequestsAttribute : BuildExtensionAttributeBase, IOnBuildInitialized
{
    public void OnBuildInitialized(
        IReadOnlyCollection<ExecutableTarget> executableTargets, IReadOnlyCollection<ExecutableTarget> executionPlan)
    {
        if (!Build.Plan)
            return;

        foreach (var target in executionPlan)
            Console.WriteLine(target.Name);
        Environment.Exit(0);
    }
}

/// <summary>Answers <c>--help</c>, and a call that names no target when there is no default one.</summary>
sealed class HandleHelpRequestsAttribute : BuildExtensionAttributeBase, IOnBuildInitialized
{
    public void OnBuildInitialized(
        IReadOnlyCollection<ExecutableTarget> executableTargets, IReadOnlyCollection<ExecutableTarget> executionPlan)
    {
        if (!Build.Help && executionPlan.Count > 0)
            return;

        Console.WriteLine(DescribeTargets(executableTargets));
        Console.WriteLine(DescribeParameters(executableTargets.Where(x => x.IsDefault).Select(x => x.Name)));
        Environment.Exit(0);
    }

    static string DescribeTargets(IReadOnlyCollection<ExecutableTarget> targets)
    {
        var text = new StringBuilder("Targets (with their direct dependencies):\n\n");
        var width = Math.Max(targets.Max(x => x.Name.Length), 20);
        foreach (var target in targets.Where(x => x.Listed))
        {
            var name = (target.Name + (target.IsDefault ? " (default)" : string.Empty)).PadRight(width);
            var dependencies = string.Join(", ", target.ExecutionDependencies.Select(x => x.Name));
            text.AppendLine($"  {name}{(dependencies.Length > 0 ? $" -> {dependencies}" : string.Empty)}");
            if (!string.IsNullOrWhiteSpace(target.Description))
                text.AppendLine($"    {target.Description}");
        }

        return text.ToString();
    }

    string DescribeParameters(IEnumerable<string> defaultTargets)
    {
        var defaults = string.Join(", ", defaultTargets.DefaultIfEmpty("<none>"));
        var parameters = ValueInjection.BuildMembers.GetInjected(Build.GetType())
            .Where(x => x.Attribute is ParameterAttribute { List: true })
            .Select(x => (
                Name: ValueInjection.BuildMembers.DashedParameterName(x.Member),
                Description: ((ParameterAttribute)x.Attribute).Description?.Replace("{default_target}", defaults, StringComparison.Ordinal),
                IsOwn: x.Member.DeclaringType != typeof(NukeBuild)))
            .OrderBy(x => x.Name, StringComparer.Ordinal).ToList();
        var width = Math.Max(parameters.Max(x => x.Name.Length), 16);
        var text = new StringBuilder("Parameters:\n\n");
        foreach (var (name, description, _) in parameters.Where(x => x.IsOwn))
            text.AppendLine($"  --{name.PadRight(width)}   {description ?? "<no description>"}");
        text.AppendLine();
        foreach (var (name, description, _) in parameters.Where(x => !x.IsOwn))
            text.AppendLine($"  --{name.PadRight(width)}   {description}");
        return text.ToString();
    }
}

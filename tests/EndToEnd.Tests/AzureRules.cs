using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>
/// The rules of a pipeline of Azure, as far as ours uses them, from their documentation, since no package to pin contains the
/// schema. What is not listed here is an error.
/// </summary>
/// <remarks>https://learn.microsoft.com/azure/devops/pipelines/yaml-schema and .../tasks/reference</remarks>
static partial class AzureRules
{
    delegate void Rule(Place place, YamlNode node);

    static readonly string[] Booleans = ["true", "false", "yes", "no", "on", "off", "y", "n"];

    static readonly Rule Text = OneOf<YamlScalarNode>("a text", text => text.Value is { Length: > 0 });
    static readonly Rule Name = OneOf<YamlScalarNode>(
        "a name of letters, digits and _", name => Names().IsMatch(name.Value ?? ""));
    static readonly Rule Number = OneOf<YamlScalarNode>("a number", number => uint.TryParse(number.Value, out _));
    static readonly Rule Boolean =
        OneOf<YamlScalarNode>("true or false", one => Booleans.Contains(one.Value?.ToLowerInvariant()));

    static readonly Rule Others = (place, node) => (node is YamlScalarNode ? Name : ListOf(Name))(place, node);

    static readonly Rule Variables = (place, node) =>
    {
        foreach (var (key, value) in Pairs(place, node))
            Text(place / key, value);
    };

    // Names of inputs may be written in any case; other keys may not.
    static readonly Dictionary<string, Rule> Tasks = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Cache@2"] = Inputs(("key", Text), ("path", Text), ("restoreKeys?", Text), ("cacheHitVar?", Text)),
        ["CmdLine@2"] = Inputs(("script", Text), ("workingDirectory?", Text), ("failOnStderr?", Boolean)),
        ["PublishBuildArtifacts@1"] = Inputs(
            ("pathToPublish", Text), ("artifactName", Text), ("publishLocation?", Choice("Container", "FilePath")),
            ("targetPath?", Text), ("maxArtifactSize?", Number), ("parallel?", Boolean), ("parallelCount?", Number),
            ("fileCopyOptions?", Text), ("storeAsTar?", Boolean)),
        ["PublishTestResults@2"] = Inputs(
            ("testResultsFormat", Choice("JUnit", "NUnit", "VSTest", "XUnit", "CTest")), ("testResultsFiles", Text),
            ("searchFolder?", Text), ("mergeTestResults?", Boolean), ("failTaskOnFailedTests?", Boolean),
            ("failTaskOnFailureToPublishResults?", Boolean), ("failTaskOnMissingResultsFile?", Boolean), ("testRunTitle?", Text),
            ("buildPlatform?", Text), ("buildConfiguration?", Text), ("publishRunAttachments?", Boolean)),
    };

    static readonly Rule Step = (place, node) =>
    {
        var task = node is YamlMappingNode map && map.Children.TryGetValue("task", out var value) ? value.ToString() : "";
        Map(
            ("task", OneOf<YamlScalarNode>("a task that is known here", one => Tasks.ContainsKey(one.Value ?? ""))),
            ("inputs", Tasks.GetValueOrDefault(task, (_, _) => { })), ("displayName?", Text), ("name?", Name),
            ("condition?", Text), ("continueOnError?", Boolean), ("enabled?", Boolean), ("env?", Variables),
            ("timeoutInMinutes?", Number), ("retryCountOnTaskFailure?", Number))(place, node);
    };

    static readonly Rule Pool = Map(("vmImage", Text), ("name?", Text), ("demands?", ListOf(Text)));

    static readonly Rule Job = Map(
        ("job", Name), ("displayName?", Text), ("dependsOn?", Others), ("condition?", Text), ("continueOnError?", Boolean),
        ("timeoutInMinutes?", Number), ("cancelTimeoutInMinutes?", Number), ("variables?", Variables), ("pool?", Pool),
        ("steps", ListOf(Step, isFull: true)));

    static readonly Rule Stage = Map(
        ("stage", Name), ("displayName?", Text), ("dependsOn?", Others), ("condition?", Text), ("variables?", Variables),
        ("pool", Pool), ("jobs", ListOf(Job, isFull: true)));

    static readonly Rule Branches = Map(
        ("batch?", Boolean), ("autoCancel?", Boolean), ("drafts?", Boolean), ("branches?", Filter()), ("paths?", Filter()),
        ("tags?", Filter()));

    static readonly Rule Pipeline = Map(
        ("name?", Text), ("trigger?", Branches), ("pr?", Branches), ("variables?", Variables),
        ("stages", ListOf(Stage, isFull: true)));

    /// <summary>The errors in a definition, each with its place.</summary>
    public static IReadOnlyList<string> Errors(string text)
    {
        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(text));
        }
        catch (YamlDotNet.Core.YamlException e)
        {
            return [e.Message];
        }

        var errors = new List<string>();
        Pipeline(new Place("", errors), yaml.Documents.Single().RootNode);
        errors.AddRange(Repeated(yaml).Select(name => $"two of a kind are named '{name}'"));
        return errors;
    }

    // Names are unique among stages, and among the jobs of a stage.
    static IEnumerable<string> Repeated(YamlStream yaml) => yaml.Documents[0].AllNodes.OfType<YamlSequenceNode>()
        .SelectMany(list => list.OfType<YamlMappingNode>()
            .Select(one => one.Children.FirstOrDefault(pair => pair.Key.ToString() is "job" or "stage").Value?.ToString())
            .OfType<string>().CountBy(name => name).Where(pair => pair.Value > 1).Select(pair => pair.Key));

    // A key that ends with '?' may be missing.
    static Rule Map(params (string Key, Rule Rule)[] keys) => Map(StringComparer.Ordinal, keys);

    static Rule Inputs(params (string Key, Rule Rule)[] keys) => Map(StringComparer.OrdinalIgnoreCase, keys);

    static Rule Map(StringComparer comparer, (string Key, Rule Rule)[] keys)
    {
        var known = keys.ToDictionary(pair => pair.Key.TrimEnd('?'), pair => pair.Rule, comparer);
        return (place, node) =>
        {
            var pairs = Pairs(place, node).ToList();
            foreach (var missing in keys.Select(pair => pair.Key)
                .Where(key => !key.EndsWith('?') && !pairs.Any(pair => comparer.Equals(pair.Key, key))))
                place.Add($"'{missing}' is missing");
            foreach (var (key, value) in pairs)
            {
                if (known.TryGetValue(key, out var rule))
                    rule(place / key, value);
                else
                    place.Add($"'{key}' is unknown");
            }
        };
    }

    static Rule ListOf(Rule rule, bool isFull = false) => (place, node) =>
    {
        if (node is not YamlSequenceNode list || (isFull && !list.Any()))
        {
            place.Add("it is no list, or an empty one");
            return;
        }

        foreach (var (index, one) in list.Index())
            rule(place / $"{index}", one);
    };

    static Rule Filter() => Map(("include?", ListOf(Text)), ("exclude?", ListOf(Text)));

    static Rule Choice(params string[] values) => OneOf<YamlScalarNode>(
        string.Join(" or ", values), text => values.Contains(text.Value, StringComparer.OrdinalIgnoreCase));

    static Rule OneOf<T>(string what, Func<T, bool> isGood)
        where T : YamlNode => (place, node) =>
        {
            if (node is not T one || !isGood(one))
                place.Add($"'{node}' is not {what}");
        };

    static IEnumerable<(string Key, YamlNode Value)> Pairs(Place place, YamlNode node)
    {
        if (node is YamlMappingNode map)
            return map.Children.Select(pair => (pair.Key.ToString(), pair.Value));
        place.Add("it has no keys");
        return [];
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex Names();

    sealed record Place(string Path, List<string> Errors)
    {
        public static Place operator /(Place place, string key) => place with { Path = $"{place.Path}/{key}" };

        public void Add(string error) => Errors.Add($"{Path}: {error}");
    }
}

using System.Collections;

namespace L4ReMusl.Goals;

/// <summary>The environment of programs that start builds of their own.</summary>
/// <remarks>
/// Unlike compilers, dotnet and such builds need the user's own settings: NuGet's, proxies, certificates. Parameters of this
/// build are not among them.
/// </remarks>
static class HostVariables
{
    /// <summary>The user's variables, and the cache that builds use.</summary>
    /// <param name="cache">The cache.</param>
    /// <param name="without">Beginnings of the names of further variables to leave out.</param>
    public static Dictionary<string, string> For(string cache, params string[] without) =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => (Name: (string)variable.Key, Value: (string?)variable.Value ?? ""))
            .Where(variable => !without.Append("NUKE_").Any(start => variable.Name.StartsWith(start, StringComparison.Ordinal)))
            .Append(("NUKE_CACHE_FOLDER", cache))
            .ToDictionary();
}

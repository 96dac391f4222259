using System.Collections;
using Serilog;

namespace Nuke.Common.Parameters;

/// <summary>Looks up parameters on the command line, in the environment and in files, in this order.</summary>
/// <param name="arguments">The command line: first targets, then names that start with a dash, each with its values.</param>
sealed class ParameterService(IReadOnlyList<string> arguments)
{
    public IReadOnlyList<string> Arguments => arguments;

    /// <summary>The files of parameters, once the build knows which profiles to load.</summary>
    public ParameterFiles Files { get; set; }

    /// <summary>Whether a parameter is on the command line.</summary>
    public bool Has(string name) => IndexOf(name) >= 0;

    /// <summary>The value of a parameter, or <see langword="null"/>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="separator">The separator within a single value that is a list.</param>
    /// <exception cref="ArgumentException">The value has the wrong type.</exception>
    public T Get<T>(string name, char? separator = null)
        where T : class => (T)Get(name, typeof(T), separator);

    /// <summary>The value of a parameter, or <see langword="null"/>, after a warning if it has the wrong type.</summary>
    /// <param name="name">The name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="member">What the warning names.</param>
    public object TryGet(string name, Type type, string member)
    {
        try
        {
            return Get(name, type, separator: null);
        }
        catch (Exception exception)
        {
            Log.Warning(exception, "Could not inject value for {Member}", member);
            return null;
        }
    }

    object Get(string name, Type type, char? separator)
    {
        var values = Named(name) ?? (name == "Target" ? Positional : null);
        if (values is not null)
            return ValueConverter.Convert(name, Split(name, values, separator), type, boolDefault: true);
        if (Variable(name) is not { } variable)
            return Files?.Get(name, type);
        values = Split(name, [variable], separator).FindAll(x => !string.IsNullOrWhiteSpace(x));
        return ValueConverter.Convert(name, values, type, boolDefault: false);
    }

    List<string> Positional => ValuesFrom(0) is { Count: > 0 } values ? values : null;

    List<string> Named(string name) => IndexOf(name) is >= 0 and var index ? ValuesFrom(index + 1) : null;

    List<string> ValuesFrom(int index) => [.. arguments.Skip(index).TakeWhile(x => !x.StartsWith('-'))];

    // The last of several arguments of the same name counts.
    int IndexOf(string name) => arguments.ToList().FindLastIndex(
        x => x.StartsWith('-') && Plain(x).Equals(Plain(name), StringComparison.OrdinalIgnoreCase));

    static List<string> Split(string name, List<string> values, char? separator)
    {
        if (separator is not { } character || !values.Exists(x => x.Contains(character)))
            return values;
        return values.Count == 1
            ? [.. values[0].Split(character)]
            : throw new ArgumentException($"'{name}' takes names separated either by spaces or by '{character}', not by both");
    }

    // By its exact name, or by its letters and digits in any case, with or without NUKE in front.
    static string Variable(string name)
    {
        if (Environment.GetEnvironmentVariable(name) is { } exact)
            return exact;
        var candidates = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(x => IsSimilar(Plain((string)x.Key), Plain(name))).Select(x => (string)x.Value).Take(2).ToList();
        if (candidates.Count > 1)
            Log.Warning("Could not resolve {VariableName} since multiple values are provided", name);
        return candidates.Count == 1 ? candidates[0] : null;
    }

    static bool IsSimilar(string variable, string name) =>
        variable.EndsWith(name, StringComparison.OrdinalIgnoreCase)
        && (variable.Length == name.Length || variable[..^name.Length].Equals("NUKE", StringComparison.OrdinalIgnoreCase));

    static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit));
}

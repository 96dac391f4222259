using System.Collections;
using System.Reflection;
using Serilog;

namespace Nuke.Common.ValueInjection;

/// <summary>Looks up parameters on the command line, in the environment and in files, in this order.</summary>
sealed class ParameterService(IReadOnlyList<string> commandLine)
{
    readonly ArgumentParser commandLine = new(commandLine);

    public IReadOnlyList<string> Arguments => commandLine.Arguments;

    /// <summary>The files of parameters, once the build knows which profiles to load.</summary>
    public ParameterFiles Files { get; set; }

    /// <summary>Whether an order of targets that their definitions leave open is an error.</summary>
    public bool IsStrict => commandLine.GetNamed("strict", typeof(bool), separator: null) is true;

    public bool HasArgument(string name) => commandLine.HasArgument(name);

    public object GetParameter(MemberInfo member)
    {
        var separator = member.GetCustomAttribute<ParameterAttribute>().Separator;
        return GetParameter(
            BuildMembers.ParameterName(member), NullableOf(BuildMembers.TypeOf(member)), string.IsNullOrEmpty(separator) ? null : separator.Single());
    }

    /// <exception cref="Exception">A value cannot be converted.</exception>
    public object GetParameter(string name, Type type, char? separator) =>
        commandLine.GetNamed(name, type, separator)
        ?? (name == "Target" ? commandLine.GetPositional(type, separator) : null)
        ?? GetVariable(name, type, separator)
        ?? Files?.Get(name, type);

    /// <summary>A variable by its exact name, or by its letters and digits in any case, with or without <c>NUKE</c> in front.</summary>
    static object GetVariable(string name, Type type, char? separator)
    {
        var value = Environment.GetEnvironmentVariable(name) ?? FindSimilarVariable(name);
        if (value is null)
            return null;

        try
        {
            var values = separator is { } character ? value.Split(character) : [value];
            return ValueConverter.Convert([.. values.Where(x => !string.IsNullOrWhiteSpace(x))], type, boolDefault: false);
        }
        catch (Exception exception)
        {
            throw new Exception($"{exception.Message}\nResolving parameter '{name}' failed. Environment variable was:\n{value}");
        }
    }

    static Type NullableOf(Type type) =>
        type.IsValueType && Nullable.GetUnderlyingType(type) is null ? typeof(Nullable<>).MakeGenericType(type) : type;

    static string FindSimilarVariable(string name)
    {
        var plainName = Plain(name);
        var candidates = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(x => IsSimilar(Plain((string)x.Key), plainName)).Select(x => (string)x.Value).Take(2).ToList();
        if (candidates.Count > 1)
            Log.Warning("Could not resolve {VariableName} since multiple values are provided", name);
        return candidates.Count == 1 ? candidates[0] : null;
    }

    static bool IsSimilar(string variable, string name) =>
        variable.EndsWith(name, StringComparison.OrdinalIgnoreCase)
        && (variable.Length == name.Length || variable[..^name.Length].Equals("NUKE", StringComparison.OrdinalIgnoreCase));

    static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit));
}

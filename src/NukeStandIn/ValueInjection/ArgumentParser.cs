namespace Nuke.Common.ValueInjection;

/// <summary>Reads a command line: first positional values, then names that start with a dash, each with its values.</summary>
sealed class ArgumentParser(IReadOnlyList<string> arguments)
{
    public IReadOnlyList<string> Arguments => arguments;

    public bool HasArgument(string name) => IndexOf(name) >= 0;

    /// <summary>The value of a named argument. A bool is true by being there.</summary>
    public object GetNamed(string name, Type type, char? separator)
    {
        var index = IndexOf(name);
        return index < 0 ? null : Convert(name, [.. arguments.Skip(index + 1).TakeWhile(x => !IsName(x))], type, separator);
    }

    public object GetPositional(Type type, char? separator)
    {
        var values = arguments.TakeWhile(x => !IsName(x)).ToArray();
        return values.Length == 0 ? null : Convert("$all-positional", values, type, separator);
    }

    static bool IsName(string argument) => argument.StartsWith('-');

    static string WithoutDashes(string name) => name.Replace("-", string.Empty, StringComparison.Ordinal);

    // The last of several arguments of the same name counts.
    int IndexOf(string name)
    {
        var plainName = WithoutDashes(name);
        for (var i = arguments.Count - 1; i >= 0; i--)
        {
            if (IsName(arguments[i]) && WithoutDashes(arguments[i]).Equals(plainName, StringComparison.OrdinalIgnoreCase))
                return i;
        }

        return -1;
    }

    object Convert(string name, string[] values, Type type, char? separator)
    {
        if (separator is { } character && values.Any(x => x.Contains(character)))
        {
            Assert.True(values.Length == 1, $"Argument '{name}' with value [ {string.Join(", ", values)} ] cannot be split with separator '{separator}'");
            values = values[0].Split(character);
        }

        try
        {
            return ValueConverter.Convert(values, type, boolDefault: true);
        }
        catch (Exception exception)
        {
            var list = string.Join('\n', arguments.Select((x, i) => $"  [{i}] = {x}"));
            throw new Exception($"Resolving argument '{name}' failed.\n{exception.Message}\nArguments were:\n{list}");
        }
    }
}

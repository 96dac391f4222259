namespace Nuke.Common.Parameters;

/// <summary>Converts texts to the type of a parameter: text, list of texts, flag, or enum.</summary>
static class ValueConverter
{
    /// <param name="name">The name of the parameter.</param>
    /// <param name="values">Any number of texts.</param>
    /// <param name="type">The type of the parameter.</param>
    /// <param name="boolDefault">What a flag without a text means.</param>
    /// <returns>The value, or <see langword="null"/> if there is no text and the type is neither a list nor a flag.</returns>
    /// <exception cref="ArgumentException">The value has the wrong type.</exception>
    public static object Convert(string name, IReadOnlyList<string> values, Type type, bool boolDefault)
    {
        var scalar = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string[]))
            return values.ToArray();
        if (values.Count == 0)
            return scalar == typeof(bool) ? boolDefault : null;
        if (values.Count == 1 && type == typeof(string))
            return values[0];
        if (values.Count == 1 && scalar == typeof(bool) && bool.TryParse(values[0], out var flag))
            return flag;
        if (values.Count == 1 && scalar.IsEnum && Enum.TryParse(scalar, values[0], ignoreCase: true, out var constant))
            return constant;
        throw new ArgumentException($"Value '{string.Join(", ", values)}' of '{name}' could not be converted to '{scalar.Name}'");
    }
}

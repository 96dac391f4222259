using System.ComponentModel;
using System.Reflection;

namespace Nuke.Common.ValueInjection;

/// <summary>Converts texts to the type of a parameter.</summary>
static class ValueConverter
{
    /// <param name="values">Any number of texts.</param>
    /// <param name="type">The type of the parameter.</param>
    /// <param name="boolDefault">What a bool without a text means.</param>
    /// <returns>The value, or <see langword="null"/> if there is no text and the type is neither an array nor a bool.</returns>
    public static object Convert(IReadOnlyList<string> values, Type type, bool boolDefault)
    {
        if (type.IsArray)
        {
            var array = Array.CreateInstance(type.GetElementType(), values.Count);
            for (var i = 0; i < values.Count; i++)
                array.SetValue(ConvertOne(values[i], type.GetElementType()), i);
            return array;
        }

        if (values.Count == 0)
            return type == typeof(bool) || type == typeof(bool?) ? boolDefault : null;

        var converted = values.Select(x => ConvertOne(x, type)).ToList();
        Assert.True(converted.Count == 1, $"Value [ {string.Join(", ", values)} ] cannot be assigned to '{NameOf(type)}'");
        return converted[0];
    }

    static object ConvertOne(string text, Type type)
    {
        var scalar = Nullable.GetUnderlyingType(type) ?? type;
        try
        {
            // Common types directly: the machinery of TypeDescriptor takes longer than all the rest of the injection.
            return scalar == typeof(string) || scalar == typeof(object) ? text
                : scalar == typeof(bool) ? bool.Parse(text)
                : scalar.IsEnum ? Enum.Parse(scalar, text, ignoreCase: true)
                : ConverterOf(scalar).ConvertFromInvariantString(text);
        }
        catch (Exception)
        {
            throw new Exception($"Value '{text}' could not be converted to '{NameOf(type)}'");
        }
    }

    /// <summary>The name of a type as C# writes it, for the most common ones.</summary>
    static string NameOf(Type type) =>
        Nullable.GetUnderlyingType(type) is { } underlying ? $"{NameOf(underlying)}?"
        : type == typeof(string) ? "string"
        : type == typeof(bool) ? "bool"
        : type == typeof(int) ? "int"
        : type.Name;

    static TypeConverter ConverterOf(Type type) =>
        type.GetCustomAttribute<TypeConverterAttribute>() is { } attribute && Type.GetType(attribute.ConverterTypeName) is { } converter
            ? (TypeConverter)Activator.CreateInstance(converter)
            : TypeDescriptor.GetConverter(type);
}

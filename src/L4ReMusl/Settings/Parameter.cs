using L4ReMusl.CommandLine;
using L4ReMusl.Foundation.Text;

namespace L4ReMusl.Settings;

/// <summary>A parameter of this build, and how its value is read.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public sealed record Parameter<T> : ParameterInfo
{
    /// <summary>Creates a parameter.</summary>
    /// <param name="key">Its name in NUKE and in parameter files; the name on the command line is derived from it.</param>
    /// <param name="description">What it does.</param>
    /// <param name="group">The heading under which the help shows it.</param>
    /// <param name="kind">What may follow it.</param>
    /// <param name="parse">See <see cref="Parse"/>.</param>
    public Parameter(string key, string description, string group, ParameterKind kind, Func<IReadOnlyList<string>, T> parse)
        : base(ParameterName.FromMember(key), description, group, kind) => (Key, Parse) = (key, parse);

    /// <summary>
    /// Converts the given words, which passed <see cref="ParameterInfo.Problems"/>, to a value; without words, returns the
    /// default.
    /// </summary>
    public Func<IReadOnlyList<string>, T> Parse { get; init; }
}

/// <summary>Creates the usual kinds of parameters, so that each has to state only what is special about it.</summary>
static class Parameter
{
    /// <summary>A flag, which is off unless given.</summary>
    public static Parameter<bool> Flag(string key, string description, string group) =>
        new(key, description, group, ParameterKind.Flag, words => words is [.., var word] && bool.Parse(word));

    /// <summary>One value.</summary>
    public static Parameter<string?> Text(string key, string description, string group) =>
        new(key, description, group, ParameterKind.Text, words => words is [var word, ..] ? word : null);

    /// <summary>Any number of values.</summary>
    public static Parameter<IReadOnlyList<string>> Texts(string key, string description, string group) =>
        new(key, description, group, ParameterKind.List, words => words);

    /// <summary>One of several items.</summary>
    /// <param name="key">The parameter's name in NUKE.</param>
    /// <param name="description">What it does.</param>
    /// <param name="group">The heading under which the help shows it.</param>
    /// <param name="all">The items.</param>
    /// <param name="nameOf">The word that users type for an item.</param>
    /// <param name="usual">The default.</param>
    public static Parameter<T> Choice<T>(
        string key, string description, string group, IReadOnlyList<T> all, Func<T, string> nameOf, T usual) =>
        new(key, description, group, ParameterKind.Text, words => words is [var word, ..]
            ? all.First(item => string.Equals(nameOf(item), word, StringComparison.OrdinalIgnoreCase))
            : usual)
        {
            ValidValues = [.. all.Select(nameOf)],
            Default = usual is null ? null : nameOf(usual),
        };

    /// <summary>Some of several items, always in the order of <paramref name="all"/>.</summary>
    /// <inheritdoc cref="Choice"/>
    public static Parameter<IReadOnlyList<T>> Choices<T>(
        string key, string description, string group, IReadOnlyList<T> all, Func<T, string> nameOf, IReadOnlyList<T> usual) =>
        new(key, description, group, ParameterKind.List, words => words.Count == 0
            ? usual
            : [.. all.Where(item => words.Contains(nameOf(item), StringComparer.OrdinalIgnoreCase))])
        {
            ValidValues = [.. all.Select(nameOf)],
            Default = usual.Count == 0 ? null : string.Join(' ', usual.Select(nameOf)),
        };
}

using L4ReMusl.Foundation.Text;

namespace L4ReMusl.CommandLine;

/// <summary>What may follow the name of a parameter.</summary>
public enum ParameterKind
{
    /// <summary>Nothing, <c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>One value.</summary>
    Text,

    /// <summary>One or more values, separated by spaces; with <see cref="ParameterInfo.ValidValues"/> also by commas.</summary>
    List,

    /// <summary>Names of targets, separated by spaces or <c>+</c>.</summary>
    Targets,
}

/// <summary>A parameter: all that its users must know, from which checks, help, documentation and completion follow.</summary>
/// <param name="Name">Its name with dashes, but without the two in front, such as <c>musl-version</c>.</param>
/// <param name="Description">What it does.</param>
/// <param name="Group">The heading under which the help shows it.</param>
/// <param name="Kind">What may follow it.</param>
public record ParameterInfo(string Name, string Description, string Group, ParameterKind Kind)
{
    /// <summary>The name by which parameter files know it, in exactly this letter case.</summary>
    public string Key { get; init; } = Name;

    /// <summary>The environment variable that sets it too, besides the one with <c>NUKE_</c> in front.</summary>
    public string? Variable { get; init; }

    /// <summary>Whether it counts in a parameter file. Where files are is decided before any is read.</summary>
    public bool IsReadFromFiles { get; init; } = true;

    /// <summary>The only values that it takes, in any letter case; <see langword="null"/> if it takes others as well.</summary>
    public IReadOnlyList<string>? ValidValues { get; init; }

    /// <summary>What its values must be, if there is no list of them; <see langword="null"/> if any text will do.</summary>
    public ValueRule? Rule { get; init; }

    /// <summary>Its value if it is not given, as a user would type it or in words; <see langword="null"/> for none.</summary>
    public string? Default { get; init; }

    /// <summary>A value, or several, as a user would type it.</summary>
    public string? Example { get; init; }

    /// <summary>What the help shows in place of a value.</summary>
    public string Placeholder { get; init; } = Kind == ParameterKind.Targets ? "TARGET" : "VALUE";

    /// <summary>Whether the help shows it.</summary>
    public bool IsListed { get; init; } = true;

    /// <summary>Whether it means something without a value too. Flags do.</summary>
    public bool IsValueOptional { get; init; }

    /// <summary>The name as it is typed.</summary>
    public string Option => $"--{Name}";

    /// <summary>The name, and what may follow it, as a usage line shows it.</summary>
    public string Usage => Kind switch
    {
        ParameterKind.Flag => Option,
        ParameterKind.Text when !IsValueOptional => $"{Option} {Placeholder}",
        ParameterKind.Text => $"{Option} [{Placeholder}]",
        _ when IsValueOptional => $"{Option} [{Placeholder}...]",
        _ => $"{Option} {Placeholder}...",
    };

    /// <summary>What is valid, as the help and errors list it; <see langword="null"/> if any text is.</summary>
    public string? Valid => ValidValues is { } values ? string.Join(", ", values) : Rule?.Description;

    /// <summary>The values in a text: of a list of names, the engine takes several that are joined for one.</summary>
    public IReadOnlyList<string> Split(string text) =>
        this is { Kind: ParameterKind.List, ValidValues: not null } ? SplitNames(text) : [text];

    /// <summary>The names in a text that has them joined by commas or spaces.</summary>
    public static IReadOnlyList<string> SplitNames(string text) => text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What is wrong with a text as a value, or as several.</summary>
    /// <param name="name">What to call the parameter: the name of a variable, say.</param>
    /// <param name="text">The text.</param>
    public IEnumerable<string> Problems(string name, string text) => Split(text)
        .Where(value => !Accepts(value))
        .Select(value => $"{name} can't be '{value}'.{NearestMatch.Question(value, ValidValues ?? [])} "
            + $"Valid: {Valid ?? ValueRule.Flag.Description}.");

    bool Accepts(string value) => ValidValues is { } values
        ? values.Contains(value, StringComparer.OrdinalIgnoreCase)
        : (Kind == ParameterKind.Flag ? ValueRule.Flag : Rule)?.Accepts(value) ?? true;
}

using L4ReMusl.Foundation.Text;

namespace L4ReMusl.CommandLine;

/// <summary>What may follow the name of a parameter.</summary>
public enum ParameterKind
{
    /// <summary>Nothing, <c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>One value.</summary>
    Text,

    /// <summary>
    /// One or more values, separated by spaces; with <see cref="ParameterInfo.ValidValues"/> also by commas.
    /// </summary>
    List,

    /// <summary>Names of targets, separated by spaces or <c>+</c>.</summary>
    Targets,
}

/// <summary>A parameter: everything that checks, help, documentation and completion need.</summary>
/// <param name="Name">Its name without the leading dashes, such as <c>musl-version</c>.</param>
/// <param name="Description">What it does.</param>
/// <param name="Group">The heading under which the help shows it.</param>
/// <param name="Kind">What may follow it.</param>
public record ParameterInfo(string Name, string Description, string Group, ParameterKind Kind)
{
    /// <summary>Its name in parameter files, which is case-sensitive.</summary>
    public string Key { get; init; } = Name;

    /// <summary>The environment variable that also sets it, besides the one that begins with <c>NUKE_</c>.</summary>
    public string? Variable { get; init; }

    /// <summary>Whether it has an effect in a parameter file; those that decide which files are read have none.</summary>
    public bool IsReadFromFiles { get; init; } = true;

    /// <summary>The only valid values, in any letter case; <see langword="null"/> if others are valid, too.</summary>
    public IReadOnlyList<string>? ValidValues { get; init; }

    /// <summary>The rule for its values, if they cannot be listed; <see langword="null"/> if any text is valid.</summary>
    public ValueRule? Rule { get; init; }

    /// <summary>How a value is shown in messages: without secrets that it may contain.</summary>
    public Func<string, string> Show { get; init; } = value => value;

    /// <summary>The default, as a user would type it or in words; <see langword="null"/> if there is none.</summary>
    public string? Default { get; init; }

    /// <summary>One or more values, as a user would type them.</summary>
    public string? Example { get; init; }

    /// <summary>What the help shows in place of a value.</summary>
    public string Placeholder { get; init; } = Kind == ParameterKind.Targets ? "TARGET" : "VALUE";

    /// <summary>Whether the help shows it.</summary>
    public bool IsListed { get; init; } = true;

    /// <summary>Whether it can be given without a value, as flags can.</summary>
    public bool IsValueOptional { get; init; }

    /// <summary>The name on the command line.</summary>
    public string Option => $"--{Name}";

    /// <summary>The name with its values, for a usage line.</summary>
    public string Usage => Kind switch
    {
        ParameterKind.Flag => Option,
        ParameterKind.Text when !IsValueOptional => $"{Option} {Placeholder}",
        ParameterKind.Text => $"{Option} [{Placeholder}]",
        _ when IsValueOptional => $"{Option} [{Placeholder}...]",
        _ => $"{Option} {Placeholder}...",
    };

    /// <summary>The valid values, for the help and messages; <see langword="null"/> if any text is valid.</summary>
    public string? Valid => ValidValues is { } values ? string.Join(", ", values) : Rule?.Description;

    /// <summary>The values in a text: the engine passes several joined names as one value.</summary>
    public IReadOnlyList<string> Split(string text) =>
        this is { Kind: ParameterKind.List, ValidValues: not null } ? SplitNames(text) : [text];

    /// <summary>The names in a text, separated by commas or spaces.</summary>
    public static IReadOnlyList<string> SplitNames(string text) => text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The problems of a text as one or more values.</summary>
    /// <param name="name">The name to use in messages, such as the name of a variable.</param>
    /// <param name="text">The text.</param>
    public IEnumerable<string> Problems(string name, string text) => Split(text)
        .Where(value => !Accepts(value))
        .Select(value => $"{name} can't be '{Show(value)}'.{NearestMatch.Question(value, ValidValues ?? [])} "
            + $"Valid: {Valid ?? ValueRule.Flag.Description}.");

    bool Accepts(string value) => ValidValues is { } values
        ? values.Contains(value, StringComparer.OrdinalIgnoreCase)
        : (Kind == ParameterKind.Flag ? ValueRule.Flag : Rule)?.Accepts(value) ?? true;
}

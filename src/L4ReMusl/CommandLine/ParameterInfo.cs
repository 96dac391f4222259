namespace L4ReMusl.CommandLine;

/// <summary>What may follow the name of a parameter.</summary>
public enum ParameterKind
{
    /// <summary>Nothing, <c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>One value.</summary>
    Text,

    /// <summary>One or more values, separated by blanks; with <see cref="ParameterInfo.ValidValues"/> also by commas.</summary>
    List,

    /// <summary>A whole number of at least 1.</summary>
    Number,

    /// <summary>Names of targets, separated by blanks or <c>+</c>.</summary>
    Targets,
}

/// <summary>A parameter as a user sees it.</summary>
/// <param name="Name">Its name with dashes, but without the two in front, such as <c>musl-version</c>.</param>
/// <param name="Description">What it does, and its default.</param>
/// <param name="Group">The heading under which the help shows it.</param>
/// <param name="Kind">What may follow it.</param>
public sealed record ParameterInfo(string Name, string Description, string Group, ParameterKind Kind)
{
    /// <summary>The name by which parameter files know it, in exactly this letter case.</summary>
    public string Key { get; init; } = Name;

    /// <summary>Whether it counts in a parameter file. Where files are is decided before any is read.</summary>
    public bool IsReadFromFiles { get; init; } = true;

    /// <summary>The only values that it takes, in any letter case; <see langword="null"/> if it takes others as well.</summary>
    public IReadOnlyList<string>? ValidValues { get; init; }

    /// <summary>A value, or several, as a user would type it.</summary>
    public string? Example { get; init; }

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
        _ when IsValueOptional => $"{Option} [{Placeholder}]",
        _ => $"{Option} {Placeholder}",
    };

    string Placeholder => Kind switch
    {
        ParameterKind.Number => "N",
        ParameterKind.List => "VALUE...",
        ParameterKind.Targets => "TARGET...",
        _ => "VALUE",
    };
}

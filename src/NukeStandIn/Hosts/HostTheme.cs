using Serilog.Sinks.SystemConsole.Themes;
using static System.ConsoleColor;
using static Serilog.Sinks.SystemConsole.Themes.ConsoleThemeStyle;

namespace Nuke.Common.Execution;

/// <summary>What a line of the frame around the log says.</summary>
enum LineStyle
{
    Success,
    Debug,
    Information,
    Warning,
    Error,
}

/// <summary>NUKE's colours of a host, for the log and for the headers, table and outcome around it.</summary>
sealed class HostTheme
{
    /// <summary>What NUKE writes for an empty line: a zero-width space, because some CI servers drop empty lines.</summary>
    const string EmptyLine = "\u200B";

    sealed record Look(ConsoleThemeStyle[] Styles, string Ansi256, string Azure, ConsoleColor? Colour);

    static readonly Look[] s_log =
    [
        new([Text], "\e[39m", "", null),
        new([SecondaryText, TertiaryText], "\e[38;5;247m", "\e[90m", Gray),
        new([Name], "\e[39;1m", "\e[37;1m", Blue),
        new([Invalid], "\e[48;5;45;1m", "\e[46;1m", DarkRed),
        new([Null, Number, ConsoleThemeStyle.String, ConsoleThemeStyle.Boolean, Scalar], "\e[38;5;45;1m", "\e[36;1m", Magenta),
        new([LevelVerbose], "\e[90;1m", "\e[90;1m", Gray),
        new([LevelDebug], "\e[39;1m", "\e[97;1m", null),
        new([LevelInformation], "\e[38;5;45;1m", "\e[36;1m", Cyan),
        new([LevelWarning], "\e[38;5;214;1m", "\e[33;1m", Yellow),
        new([LevelError], "\e[38;5;196;1m", "\e[31;1m", Red),
        new([LevelFatal], "\e[38;5;231m\e[48;5;196m", "\e[41;1m", Red),
    ];

    readonly string[] codes;

    HostTheme(ConsoleTheme log, params string[] codes) => (Log, this.codes) = (log, codes);

    public static HostTheme Ansi256 => field ??= new(
        new AnsiConsoleTheme(PerStyle(x => x.Ansi256)),
        "\e[32;1m", "\e[39;1m", "\e[38;5;45;1m", "\e[38;5;214;1m", "\e[38;5;196;1m");

    public static HostTheme Azure => field ??= new(
        new AnsiConsoleTheme(PerStyle(x => x.Azure)),
        "\e[32;1m", "\e[97;1m", "\e[36;1m", "\e[33;1m", "\e[31;1m");

    /// <summary>ANSI codes if <c>TERM</c> starts with <c>xterm</c>, even into a file; else what the console supports.</summary>
    public static HostTheme Default => field ??=
        Environment.GetEnvironmentVariable("TERM")?.StartsWith("xterm", StringComparison.OrdinalIgnoreCase) == true
            ? Ansi256
            : new HostTheme(new SystemConsoleTheme(PerStyle(x => new SystemConsoleThemeStyle { Foreground = x.Colour })));

    public ConsoleTheme Log { get; }

    public string Format(string text, LineStyle style) => codes.Length > 0 ? $"{codes[(int)style]}{text}\e[0m" : text;

    static Dictionary<ConsoleThemeStyle, T> PerStyle<T>(Func<Look, T> choose)
    {
        var styles = new Dictionary<ConsoleThemeStyle, T>();
        foreach (var look in s_log)
        {
            foreach (var style in look.Styles)
                styles.Add(style, choose(look));
        }

        return styles;
    }

    public void WriteLine(string text, LineStyle style)
    {
        ConsoleColor? colour = style switch
        {
            _ when codes.Length > 0 => null,
            LineStyle.Success => Green,
            LineStyle.Information => Cyan,
            LineStyle.Warning => Yellow,
            LineStyle.Error => Red,
            _ => null,
        };
        if (colour is { } foreground)
            Console.ForegroundColor = foreground;
        Console.WriteLine(string.IsNullOrWhiteSpace(text) ? EmptyLine : Format(text, style));
        if (colour is not null)
            Console.ResetColor();
    }
}

using Serilog.Sinks.SystemConsole.Themes;
using static Serilog.Sinks.SystemConsole.Themes.ConsoleThemeStyle;

namespace Nuke.Common.Execution.Theming;

/// <summary>What a line of the frame around the log says.</summary>
enum LineStyle
{
    Success,
    Debug,
    Information,
    Warning,
    Error,
}

/// <summary>The colours of a host, for the log and for the headers, table and outcome around it.</summary>
abstract class HostTheme
{
    /// <summary>What NUKE writes for an empty line: a zero-width space, because some CI servers drop empty lines.</summary>
    const string EmptyLine = "\u200B";

    public static HostTheme Ansi256 { get; } = AnsiTheme.Create(
        success: "\e[32;1m", text: "\e[39m", secondary: "\e[38;5;247m", name: "\e[39;1m", invalid: "\e[48;5;45;1m",
        value: "\e[38;5;45;1m", verbose: "\e[90;1m", debug: "\e[39;1m", information: "\e[38;5;45;1m",
        warning: "\e[38;5;214;1m", error: "\e[38;5;196;1m", fatal: "\e[38;5;231;1m\e[48;5;196m");

    public static HostTheme Azure { get; } = AnsiTheme.Create(
        success: "\e[32;1m", text: string.Empty, secondary: "\e[90m", name: "\e[37;1m", invalid: "\e[46;1m",
        value: "\e[36;1m", verbose: "\e[90;1m", debug: "\e[97;1m", information: "\e[36;1m",
        warning: "\e[33;1m", error: "\e[31;1m", fatal: "\e[41;1m");

    /// <summary>ANSI codes if <c>TERM</c> starts with <c>xterm</c>, even into a file; else what the console supports.</summary>
    public static HostTheme Default { get; } =
        Environment.GetEnvironmentVariable("TERM")?.StartsWith("xterm", StringComparison.OrdinalIgnoreCase) == true
            ? Ansi256
            : new SystemTheme();

    public abstract ConsoleTheme Log { get; }

    public abstract string Format(string text, LineStyle style);

    public void WriteLine(string text, LineStyle style)
    {
        if (string.IsNullOrWhiteSpace(text))
            Console.WriteLine(EmptyLine);
        else
            Write(text, style);
    }

    protected abstract void Write(string text, LineStyle style);

    sealed class AnsiTheme(string success, Dictionary<ConsoleThemeStyle, string> styles) : HostTheme
    {
        public override ConsoleTheme Log { get; } = new AnsiConsoleTheme(styles);

        public static AnsiTheme Create(
            string success, string text, string secondary, string name, string invalid, string value,
            string verbose, string debug, string information, string warning, string error, string fatal) =>
            new(success, new Dictionary<ConsoleThemeStyle, string>
            {
                [Text] = text,
                [SecondaryText] = secondary,
                [TertiaryText] = secondary,
                [Name] = name,
                [Invalid] = invalid,
                [Null] = value,
                [Number] = value,
                [ConsoleThemeStyle.String] = value,
                [ConsoleThemeStyle.Boolean] = value,
                [Scalar] = value,
                [LevelVerbose] = verbose,
                [LevelDebug] = debug,
                [LevelInformation] = information,
                [LevelWarning] = warning,
                [LevelError] = error,
                [LevelFatal] = fatal,
            });

        public override string Format(string text, LineStyle style) => $"{Code(style)}{text}\e[0m";

        protected override void Write(string text, LineStyle style) => Console.WriteLine(Format(text, style));

        string Code(LineStyle style) => style switch
        {
            LineStyle.Success => success,
            LineStyle.Debug => styles[LevelDebug],
            LineStyle.Information => styles[LevelInformation],
            LineStyle.Warning => styles[LevelWarning],
            _ => styles[LevelError],
        };
    }

    sealed class SystemTheme : HostTheme
    {
        public override ConsoleTheme Log { get; } = new SystemConsoleTheme(new Dictionary<ConsoleThemeStyle, SystemConsoleThemeStyle>
        {
            [Text] = new(),
            [SecondaryText] = Of(ConsoleColor.Gray),
            [TertiaryText] = Of(ConsoleColor.Gray),
            [Name] = Of(ConsoleColor.Blue),
            [Invalid] = Of(ConsoleColor.DarkRed),
            [Null] = Of(ConsoleColor.Magenta),
            [ConsoleThemeStyle.String] = Of(ConsoleColor.Magenta),
            [Number] = Of(ConsoleColor.Magenta),
            [ConsoleThemeStyle.Boolean] = Of(ConsoleColor.Magenta),
            [Scalar] = Of(ConsoleColor.Magenta),
            [LevelVerbose] = Of(ConsoleColor.Gray),
            [LevelDebug] = new(),
            [LevelInformation] = Of(ConsoleColor.Cyan),
            [LevelWarning] = Of(ConsoleColor.Yellow),
            [LevelError] = Of(ConsoleColor.Red),
            [LevelFatal] = new() { Foreground = ConsoleColor.White, Background = ConsoleColor.Red },
        });

        public override string Format(string text, LineStyle style) => text;

        protected override void Write(string text, LineStyle style)
        {
            var colour = style switch
            {
                LineStyle.Success => ConsoleColor.Green,
                LineStyle.Information => ConsoleColor.Cyan,
                LineStyle.Warning => ConsoleColor.Yellow,
                LineStyle.Error => ConsoleColor.Red,
                _ => (ConsoleColor?)null,
            };
            if (colour is { } foreground)
                Console.ForegroundColor = foreground;
            Console.WriteLine(text);
            if (colour is not null)
                Console.ResetColor();
        }

        static SystemConsoleThemeStyle Of(ConsoleColor colour) => new() { Foreground = colour };
    }
}

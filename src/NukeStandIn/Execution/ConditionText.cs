namespace Nuke.Common.Execution;

/// <summary>The source text of a condition, as the summary shows it.</summary>
static class ConditionText
{
    /// <summary>One line with single spaces.</summary>
    public static string Normalize(string source) =>
        string.Join(' ', source.NotNull().ReplaceLineEndings(string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Without the head of the lambda, <c>() =></c>.</summary>
    public static string WithoutLambda(string text) =>
        text.TrimStart('(').Trim().TrimStart(')').Trim().TrimStart('=').Trim().TrimStart('>').Trim();
}

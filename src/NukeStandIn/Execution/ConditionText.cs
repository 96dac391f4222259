namespace Nuke.Common.Execution;

/// <summary>The source text of a condition, as the summary shows it.</summary>
static class ConditionText
{
    /// <summary>One line with single spaces, without the head of the lambda, <c>() =></c>.</summary>
    public static string WithoutLambda(string source)
    {
        var words = source.ReplaceLineEndings(string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words[0] == "()" && words[1] == "=>" ? words[2..] : words);
    }
}

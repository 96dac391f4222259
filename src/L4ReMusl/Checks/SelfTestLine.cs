namespace L4ReMusl.Checks;

/// <summary>What a self-test printed of a check.</summary>
/// <param name="Name">The check's name.</param>
/// <param name="Passed">Whether it passed.</param>
/// <param name="Text">The line from the name on.</param>
public sealed record SelfTestLine(string Name, bool Passed, string Text)
{
    /// <summary>What such a line begins with.</summary>
    public const string Mark = "SELF-TEST ";

    const string Sum = $"{Mark}END ";

    /// <summary>Finds the checks in lines that somebody else, a kernel say, may have begun.</summary>
    public static IEnumerable<SelfTestLine> In(IEnumerable<string> lines) =>
        from line in lines
        let start = line.IndexOf(Mark, StringComparison.Ordinal)
        where start >= 0 && !line[start..].StartsWith(Sum, StringComparison.Ordinal)
        let words = line[(start + Mark.Length)..].Split(' ')
        where words.Length > 1
        select new SelfTestLine(words[0], words[1] == "ok", line[(start + Mark.Length)..]);
}

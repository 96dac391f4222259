namespace L4ReMusl.Auditing.Versions;

/// <summary>Compares numbers as texts: those in foreign data can be longer than any number type.</summary>
static class Digits
{
    public static int Compare(string left, string right)
    {
        var (a, b) = (left.TrimStart('0'), right.TrimStart('0'));
        return a.Length != b.Length ? a.Length.CompareTo(b.Length) : string.CompareOrdinal(a, b);
    }

    /// <summary>The digits from a place on, which is moved behind them.</summary>
    public static string At(string text, ref int index)
    {
        var start = index;
        while (index < text.Length && char.IsAsciiDigit(text[index]))
            index++;
        return text[start..index];
    }
}

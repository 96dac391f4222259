namespace L4ReMusl.Auditing.Versions;

/// <summary>Compares numbers as text, since numbers in untrusted data may be too long for any numeric type.</summary>
static class Digits
{
    public static int Compare(string left, string right)
    {
        var (a, b) = (left.TrimStart('0'), right.TrimStart('0'));
        return a.Length != b.Length ? a.Length.CompareTo(b.Length) : string.CompareOrdinal(a, b);
    }

    /// <summary>The digits that begin at an index, which is moved past them.</summary>
    public static string At(string text, ref int index)
    {
        var start = index;
        while (index < text.Length && char.IsAsciiDigit(text[index]))
            index++;
        return text[start..index];
    }
}

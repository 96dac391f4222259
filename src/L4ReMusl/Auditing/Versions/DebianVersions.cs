namespace L4ReMusl.Auditing.Versions;

/// <summary>Debian's order of versions: <c>[epoch:]upstream[-revision]</c>.</summary>
/// <remarks>https://www.debian.org/doc/debian-policy/ch-controlfields.html#version</remarks>
public sealed class DebianVersions : IVersionOrder
{
    /// <inheritdoc/>
    public bool IsVersion(string text) => text.Length is > 0 and < 256 && char.IsAsciiDigit(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '+' or '-' or '~' or ':')
        && Split(text).Epoch.All(char.IsAsciiDigit);

    /// <inheritdoc/>
    public int Compare(string left, string right)
    {
        var (a, b) = (Split(left), Split(right));
        var epochs = Digits.Compare(a.Epoch, b.Epoch);
        if (epochs != 0)
            return epochs;
        var upstream = CompareParts(a.Upstream, b.Upstream);
        return upstream != 0 ? upstream : CompareParts(a.Revision, b.Revision);
    }

    static (string Epoch, string Upstream, string Revision) Split(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (epoch, rest) = colon < 0 ? ("0", text) : (text[..colon], text[(colon + 1)..]);
        var hyphen = rest.LastIndexOf('-');
        return hyphen < 0 ? (epoch, rest, "0") : (epoch, rest[..hyphen], rest[(hyphen + 1)..]);
    }

    // Compares, in turn, parts without digits by weight, and parts of digits as numbers.
    static int CompareParts(string left, string right)
    {
        var (i, j) = (0, 0);
        while (i < left.Length || j < right.Length)
        {
            while ((i < left.Length && !char.IsAsciiDigit(left[i])) || (j < right.Length && !char.IsAsciiDigit(right[j])))
            {
                var order = Weight(left, i++).CompareTo(Weight(right, j++));
                if (order != 0)
                    return order;
            }

            var numbers = Digits.Compare(Digits.At(left, ref i), Digits.At(right, ref j));
            if (numbers != 0)
                return numbers;
        }

        return 0;
    }

    // The order is: tilde, end of the part, letters, all other characters.
    static int Weight(string text, int index) =>
        index >= text.Length || char.IsAsciiDigit(text[index]) ? 0
        : text[index] == '~' ? -1
        : char.IsAsciiLetter(text[index]) ? text[index]
        : text[index] + 256;
}

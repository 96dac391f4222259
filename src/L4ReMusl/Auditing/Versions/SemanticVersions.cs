using System.Text.RegularExpressions;

namespace L4ReMusl.Auditing.Versions;

/// <summary>The order of Semantic Versioning 2.0.0. Missing parts count as 0.</summary>
/// <remarks>https://semver.org/spec/v2.0.0.html#spec-item-11</remarks>
public sealed partial class SemanticVersions : IVersionOrder
{
    /// <inheritdoc/>
    public bool IsVersion(string text) => text.Length < 256 && Form().IsMatch(text);

    /// <inheritdoc/>
    public int Compare(string left, string right)
    {
        var (a, b) = (Form().Match(left), Form().Match(right));
        var (numbers, others) = (a.Groups["core"].Value.Split('.'), b.Groups["core"].Value.Split('.'));
        for (var i = 0; i < Math.Max(numbers.Length, others.Length); i++)
        {
            var order = Digits.Compare(numbers.ElementAtOrDefault(i) ?? "0", others.ElementAtOrDefault(i) ?? "0");
            if (order != 0)
                return order;
        }

        return ComparePrereleases(a.Groups["pre"].Value, b.Groups["pre"].Value);
    }

    static int ComparePrereleases(string left, string right)
    {
        if (left.Length == 0 || right.Length == 0)
            return right.Length.CompareTo(left.Length) switch { 0 => 0, var order => Math.Sign(order) };
        var (parts, others) = (left.Split('.'), right.Split('.'));
        for (var i = 0; i < Math.Min(parts.Length, others.Length); i++)
        {
            var order = (parts[i].All(char.IsAsciiDigit), others[i].All(char.IsAsciiDigit)) switch
            {
                (true, true) => Digits.Compare(parts[i], others[i]),
                (true, false) => -1,
                (false, true) => 1,
                _ => string.CompareOrdinal(parts[i], others[i]),
            };
            if (order != 0)
                return order;
        }

        return parts.Length.CompareTo(others.Length);
    }

    [GeneratedRegex(@"^v?(?<core>\d+(\.\d+)*)(-(?<pre>[0-9A-Za-z.-]+))?(\+[0-9A-Za-z.-]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}

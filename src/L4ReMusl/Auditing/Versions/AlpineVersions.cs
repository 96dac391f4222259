using System.Text.RegularExpressions;

namespace L4ReMusl.Auditing.Versions;

/// <summary>Alpine's order of versions: <c>1.2.5_rc1-r3</c>.</summary>
/// <remarks>https://wiki.alpinelinux.org/wiki/APKBUILD_Reference#pkgver; apk-tools, doc/apk-package.5.scd.</remarks>
public sealed partial class AlpineVersions : IVersionOrder
{
    // In ascending order. The empty one stands for the release itself.
    static readonly string[] Suffixes = ["alpha", "beta", "pre", "rc", "", "cvs", "svn", "git", "hg", "p"];

    /// <inheritdoc/>
    public bool IsVersion(string text) => text.Length < 256 && Form().IsMatch(text);

    /// <inheritdoc/>
    public int Compare(string left, string right)
    {
        var (a, b) = (Form().Match(left), Form().Match(right));
        var numbers = CompareLists(Captures(a, "number"), Captures(b, "number"), CompareNumbers);
        if (numbers != 0)
            return numbers;
        var letters = string.CompareOrdinal(a.Groups["letter"].Value, b.Groups["letter"].Value);
        if (letters != 0)
            return letters;
        var suffixes = CompareSuffixes(Captures(a, "suffix"), Captures(b, "suffix"));
        return suffixes != 0 ? suffixes : CompareRevisions(a.Groups["revision"], b.Groups["revision"]);
    }

    // "1.2.5" is the release that "1.2.5-r0" packages: it comes before all revisions.
    static int CompareRevisions(Group left, Group right) =>
        left.Success && right.Success ? Digits.Compare(left.Value, right.Value) : left.Success.CompareTo(right.Success);

    static string[] Captures(Match match, string group) => [.. match.Groups[group].Captures.Select(capture => capture.Value)];

    static int CompareLists(string[] left, string[] right, Func<int, string, string, int> compare)
    {
        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            var order = compare(i, left[i], right[i]);
            if (order != 0)
                return order;
        }

        return left.Length.CompareTo(right.Length);
    }

    // After the first dot, a number that begins with 0 is compared like a decimal fraction.
    static int CompareNumbers(int index, string left, string right) => index > 0 && (left[0] == '0' || right[0] == '0')
        ? Math.Sign(string.CompareOrdinal(left, right))
        : Digits.Compare(left, right);

    static int CompareSuffixes(string[] left, string[] right)
    {
        for (var i = 0; i < Math.Max(left.Length, right.Length); i++)
        {
            var (a, b) = (Suffix(left.ElementAtOrDefault(i)), Suffix(right.ElementAtOrDefault(i)));
            var order = a.Rank != b.Rank ? a.Rank.CompareTo(b.Rank) : Digits.Compare(a.Number, b.Number);
            if (order != 0)
                return order;
        }

        return 0;
    }

    static (int Rank, string Number) Suffix(string? text)
    {
        var name = (text ?? "").TrimEnd("0123456789".ToCharArray());
        return (Array.IndexOf(Suffixes, name), (text ?? "")[name.Length..]);
    }

    [GeneratedRegex(
        @"^(?<number>\d+)(\.(?<number>\d+))*(?<letter>[a-z])?"
            + @"(_(?<suffix>(alpha|beta|pre|rc|cvs|svn|git|hg|p)\d*))*(~[0-9a-f]+)?(-r(?<revision>\d+))?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}

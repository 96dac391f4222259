using System.Globalization;

namespace L4ReMusl.Caching;

/// <summary>Sizes in bytes as users type them: <c>500M</c>, <c>2GiB</c>.</summary>
public static class CacheSize
{
    static readonly (string Suffix, long Unit)[] Units =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40),
        ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000),
        ("K", 1_000), ("M", 1_000_000), ("G", 1_000_000_000), ("T", 1_000_000_000_000),
    ];

    /// <summary>Reads a size.</summary>
    /// <returns>The number of bytes; <see langword="null"/> if the text is not a size of at least one byte.</returns>
    public static long? Parse(string text)
    {
        var (suffix, unit) = Units.FirstOrDefault(
            unit => text.EndsWith(unit.Suffix, StringComparison.OrdinalIgnoreCase), ("", 1));
        var number = text[..^suffix.Length].TrimEnd();
        return decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && value <= long.MaxValue / unit
            && (long)(value * unit) is > 0 and var bytes
            ? bytes
            : null;
    }
}

namespace L4ReMusl.Foundation.Reports;

/// <summary>One number or short text that a stage reports, such as <c>Files: 235</c>.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">How much.</param>
public sealed record Figure(string Name, string Value)
{
    /// <summary>A figure for a size in bytes, shown in kB, MB or GB (powers of ten).</summary>
    public static Figure Size(string name, long bytes) => new(name, HumanSize(bytes));

    /// <summary>Shows <paramref name="bytes"/> in the unit that fits: B, kB, MB or GB (powers of ten).</summary>
    public static string HumanSize(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes} B",
        < 1_000_000 => $"{bytes / 1e3:0} kB",
        < 1_000_000_000 => $"{bytes / 1e6:0.0} MB",
        _ => $"{bytes / 1e9:0.0} GB",
    };
}

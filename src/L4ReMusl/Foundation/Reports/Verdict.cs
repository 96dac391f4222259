using System.Diagnostics.CodeAnalysis;

namespace L4ReMusl.Foundation.Reports;

/// <summary>Whether something is as it should be; if not, why.</summary>
public sealed record Verdict
{
    Verdict(string? reason) => Reason = reason;

    /// <summary>It is.</summary>
    public static Verdict Good { get; } = new((string?)null);

    /// <summary>It is not.</summary>
    /// <param name="reason">Why, as a part of a sentence.</param>
    public static Verdict Bad(string reason) => new(reason);

    /// <summary>Good if a condition holds.</summary>
    /// <param name="isGood">The condition.</param>
    /// <param name="reason">Says why it is bad; called only then.</param>
    public static Verdict Of(bool isGood, Func<string> reason) => isGood ? Good : Bad(reason());

    /// <summary>Why it is bad; <see langword="null"/> if it is good.</summary>
    public string? Reason { get; }

    /// <summary>Whether it is good.</summary>
    [MemberNotNullWhen(false, nameof(Reason))]
    public bool IsGood => Reason is null;

    /// <summary>This verdict if it is bad; otherwise the next, which is computed only then.</summary>
    public Verdict And(Func<Verdict> next) => IsGood ? next() : this;

    /// <inheritdoc/>
    public override string ToString() => Reason ?? "good";
}

using L4ReMusl.Foundation.Text;

namespace L4ReMusl.Auditing;

/// <summary>The assessed status of an advisory. As a rule, the headers of patches say what is fixed.</summary>
public enum AssessedStatus
{
    /// <summary>It is fixed, although not all commits that the advisory names were adopted.</summary>
    Fixed,

    /// <summary>It does no harm here.</summary>
    NotAffected,

    /// <summary>It is open.</summary>
    Affected,
}

/// <summary>Permission to ship with an open vulnerability for a limited time.</summary>
/// <param name="Until">The last day.</param>
/// <param name="Reason">Why that is acceptable.</param>
public sealed record Waiver(DateOnly Until, string Reason);

/// <summary>An assessment of an advisory for one piece of software.</summary>
/// <param name="Advisory">A name of the advisory, or <c>*</c> for all others, which can only be waived.</param>
/// <param name="Thing">The name of the software.</param>
/// <param name="Versions">The versions of the software that it is about.</param>
/// <param name="Status">The status.</param>
/// <param name="Statement">The reason, in a sentence or two, or what to do.</param>
public sealed record Assessment(
    string Advisory, string Thing, IReadOnlyList<string> Versions, AssessedStatus Status, string Statement)
{
    /// <summary>The name that stands for all advisories.</summary>
    public const string Any = "*";

    /// <summary>The valid justifications for not being affected, in OpenVEX's terms.</summary>
    /// <remarks>https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md#status-justifications</remarks>
    public static IReadOnlyList<string> Justifications { get; } =
    [
        "component_not_present", "vulnerable_code_not_present", "vulnerable_code_not_in_execute_path",
        "vulnerable_code_cannot_be_controlled_by_adversary", "inline_mitigations_already_exist",
    ];

    /// <summary>Why it does no harm, one of <see cref="Justifications"/>; <see langword="null"/> for another status.</summary>
    public string? Justification { get; init; }

    /// <summary>Permission to ship with it; <see langword="null"/> if there is none.</summary>
    public Waiver? Waiver { get; init; }

    /// <summary>Reads the file of assessments.</summary>
    /// <exception cref="BuildException">It cannot be read, or something in it is wrong.</exception>
    public static IReadOnlyList<Assessment> ReadAll(string path) => JsonRecord.ReadList(
        path, "assessments", "an assessment", "assessments", "does not hold assessments", record => Read(path, record));

    static Assessment Read(string path, JsonRecord record)
    {
        var (advisory, thing) = (record.Text("advisory"), record.Text("thing"));
        var status = record.Text("status") switch
        {
            "fixed" => AssessedStatus.Fixed,
            "not_affected" => AssessedStatus.NotAffected,
            "affected" => AssessedStatus.Affected,
            var other => throw Wrong($"has the status '{other}'; valid are fixed, not_affected and affected"),
        };
        var assessment = new Assessment(advisory, thing, record.Texts("versions"), status, record.Text("statement"))
        {
            Justification = status == AssessedStatus.NotAffected ? record.Text("justification") : null,
            Waiver = record.Has("waiver") ? ReadWaiver(record.Object("waiver", $"the waiver of {advisory}")) : null,
        };
        record.Finish();
        if (assessment.Justification is { } why && !Justifications.Contains(why))
            throw Wrong($"has the justification '{why}'; valid are {string.Join(", ", Justifications)}");
        if (string.IsNullOrWhiteSpace(assessment.Statement))
            throw Wrong("has no 'statement' that says why");
        if (assessment.Waiver is not null && status != AssessedStatus.Affected)
            throw Wrong("has a waiver, which only an open advisory needs; change the status to 'affected', or remove the waiver");
        return advisory == Any && assessment.Waiver is null
            ? throw Wrong("is about all other advisories, so it must have a waiver")
            : assessment;

        BuildException Wrong(string what) => new($"{path}: the assessment of {advisory} for {thing} {what}.");
    }

    static Waiver ReadWaiver(JsonRecord record)
    {
        var waiver = new Waiver(record.Day("until"), record.Text("reason"));
        record.Finish();
        return waiver;
    }
}

using L4ReMusl.Auditing;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Auditing;

public sealed class AssessmentTests : IDisposable
{
    const string Begin = """{"advisory": "CVE-1", "thing": "musl", "versions": ["1.2.5"], """;

    readonly TempFolder temp = new();

    [Fact]
    public void All_fields_are_read()
    {
        var read = Read(
            Begin + """ "status": "not_affected", "justification": "component_not_present", "statement": "why"}""",
            Begin + """ "status": "affected", "statement": "do", "waiver": {"until": "2027-01-31", "reason": "since"}}""");

        read[0].Should().BeEquivalentTo(
            new Assessment("CVE-1", "musl", ["1.2.5"], AssessedStatus.NotAffected, "why")
            {
                Justification = "component_not_present",
            });
        read[1].Should().BeEquivalentTo(
            new Assessment("CVE-1", "musl", ["1.2.5"], AssessedStatus.Affected, "do")
            {
                Waiver = new(new DateOnly(2027, 1, 31), "since"),
            });
    }

    [Theory]
    [InlineData(""" "status": "fine", "statement": "x"}""", "status 'fine'; valid are fixed, not_affected and affected")]
    [InlineData(""" "status": "not_affected", "justification": "luck", "statement": "x"}""", "'luck'; valid are")]
    [InlineData(""" "status": "not_affected", "statement": "x"}""", "must have 'justification'")]
    [InlineData(""" "status": "affected", "statement": " "}""", "has no 'statement' that says why")]
    [InlineData(""" "status": "fixed", "statement": "x", "waiver": {"until": "2027-01-31", "reason": "y"}}""", "only an open")]
    [InlineData(""" "status": "affected", "statement": "x", "waiver": {"until": "soon", "reason": "y"}}""", "a day such as")]
    [InlineData(""" "status": "affected", "statement": "x", "until": "2027-01-31"}""", "has 'until', which is not one of")]
    public void A_mistake_is_named(string rest, string told) =>
        new Action(() => Read(Begin + rest)).Should().Throw<BuildException>().WithMessage($"*assessments.json*{told}*");

    [Theory]
    [InlineData("7", "a list of objects")]
    [InlineData("{", "does not hold assessments")]
    [InlineData(
        """{"advisory": "*", "thing": "musl", "versions": [], "status": "affected", "statement": "x"}""",
        "must have a waiver")]
    public void So_is_one_of_another_kind(string record, string told) =>
        new Action(() => Read(record)).Should().Throw<BuildException>().WithMessage($"*assessments.json*{told}*");

    public void Dispose() => temp.Dispose();

    IReadOnlyList<Assessment> Read(params string[] records) =>
        Assessment.ReadAll(temp.Write("assessments.json", $$"""{"assessments": [{{string.Join(", ", records)}}]}"""));
}

using L4ReMusl.Auditing;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Auditing;

public sealed class AssessmentTests : IDisposable
{
    readonly TempFolder temp = new();

    [Fact]
    public void All_fields_are_read()
    {
        var read = Read(
            """{"advisory": "CVE-1", "thing": "musl", "versions": ["1.2.5"], "status": "not_affected", "justification": "component_not_present", "statement": "why"}""",
            """{"advisory": "CVE-2", "thing": "bash", "versions": ["5"], "status": "affected", "statement": "do", "waiver": {"until": "2027-01-31", "reason": "since"}}""");

        read[0].Should().BeEquivalentTo(new Assessment("CVE-1", "musl", ["1.2.5"], AssessedStatus.NotAffected, "why") { Justification = "component_not_present" });
        read[1].Should().BeEquivalentTo(new Assessment("CVE-2", "bash", ["5"], AssessedStatus.Affected, "do") { Waiver = new Waiver(new DateOnly(2027, 1, 31), "since") });
    }

    [Theory]
    [InlineData("""{"advisory": "CVE-1", "thing": "musl", "versions": [], "status": "fine", "statement": "x"}""", "status 'fine'; valid are fixed, not_affected and affected")]
    [InlineData("""{"advisory": "CVE-1", "thing": "musl", "versions": [], "status": "not_affected", "justification": "luck", "statement": "x"}""", "justification 'luck'; valid are component_not_present")]
    [InlineData("""{"advisory": "CVE-1", "thing": "musl", "versions": [], "status": "not_affected", "statement": "x"}""", "must have 'justification'")]
    [InlineData("""{"advisory": "CVE-1", "thing": "musl", "versions": [], "status": "affected", "statement": " "}""", "has no 'statement' that says why")]
    [InlineData("""{"advisory": "CVE-1", "thing": "musl", "versions": [], "status": "fixed", "statement": "x", "waiver": {"until": "2027-01-31", "reason": "y"}}""", "only an open advisory needs")]
    [InlineData("""{"advisory": "CVE-1", "thing": "musl", "versions": [], "status": "affected", "statement": "x", "waiver": {"until": "soon", "reason": "y"}}""", "a day such as")]
    [InlineData("""{"advisory": "*", "thing": "musl", "versions": [], "status": "affected", "statement": "x"}""", "those can only be waived, for a time")]
    [InlineData("""{"advisory": "CVE-1", "thing": "musl", "versions": [], "status": "affected", "statement": "x", "until": "2027-01-31"}""", "has 'until', which is not one of")]
    [InlineData("7", "a list of objects")]
    [InlineData("{", "does not hold assessments")]
    public void A_mistake_is_named(string record, string told) => new Action(() => Read(record)).Should().Throw<BuildException>().WithMessage($"*assessments.json*{told}*");

    public void Dispose() => temp.Dispose();

    IReadOnlyList<Assessment> Read(params string[] records) =>
        Assessment.ReadAll(temp.Write("assessments.json", $$"""{"assessments": [{{string.Join(", ", records)}}]}"""));
}

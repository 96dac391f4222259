using L4ReMusl.Foundation.Reports;

namespace L4ReMusl.Tests.Foundation;

public sealed class VerdictTests
{
    [Fact]
    public void What_is_good_has_no_reason()
    {
        Verdict.Good.IsGood.Should().BeTrue();
        Verdict.Good.Reason.Should().BeNull();
    }

    [Fact]
    public void What_is_bad_has_one()
    {
        Verdict.Bad("it is broken").IsGood.Should().BeFalse();
        Verdict.Bad("it is broken").Reason.Should().Be("it is broken");
        Verdict.Bad("it is broken").ToString().Should().Be("it is broken");
    }

    [Fact]
    public void Of_several_the_first_bad_one_counts_and_no_more_are_asked()
    {
        Verdict.Good.And(() => Verdict.Bad("one")).And(() => throw new InvalidOperationException())
            .Should().Be(Verdict.Bad("one"));
        Verdict.Good.And(() => Verdict.Good).Should().Be(Verdict.Good);
    }

    [Fact]
    public void A_reason_is_made_up_only_if_it_is_needed()
    {
        Verdict.Of(true, () => throw new InvalidOperationException()).Should().Be(Verdict.Good);
        Verdict.Of(false, () => "no").Should().Be(Verdict.Bad("no"));
    }
}

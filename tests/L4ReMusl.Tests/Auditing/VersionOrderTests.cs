using L4ReMusl.Auditing.Versions;

namespace L4ReMusl.Tests.Auditing;

/// <summary>The version orders, each as the tools of its ecosystem define it.</summary>
public sealed class VersionOrderTests
{
    [Theory]
    [InlineData("6.1~rc8-1", "6.1.2-1~exp1", "6.1.2-1", "6.1.9-1", "6.1.76-1", "6.1.176-1", "6.1.192-1", "6.1.192-3", "6.2-1")]
    [InlineData("6.1.192-3", "6.1.192-3+b1", "1:0.1-1", "2:0.1-1")]
    [InlineData("1.0~~", "1.0~~a", "1.0~", "1.0", "1.0-1", "1.0-1.1", "1.0-10", "1.0a", "1.0+b")]
    [InlineData("0.9-99999999999999999999998", "0.9-99999999999999999999999")]
    public void Debians(params string[] ascending) => AssertAscending(new DebianVersions(), ascending);

    [Theory]
    [InlineData("1.2.5_alpha1", "1.2.5_rc1", "1.2.5_rc2", "1.2.5", "1.2.5-r0", "1.2.5-r9", "1.2.5-r12", "1.2.5_git1", "1.2.5_p1")]
    [InlineData("1.1.9", "1.1.24", "1.2", "1.2.0", "1.10.0", "1.10.0a", "2")]
    [InlineData("5.1.016", "5.1.16", "5.2.37")]
    public void Alpines(params string[] ascending) => AssertAscending(new AlpineVersions(), ascending);

    [Theory]
    [InlineData("1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1")]
    [InlineData("1.0.0-rc.1", "1.0.0", "v1.0.1", "1.9", "1.10")]
    public void Semantic(params string[] ascending) => AssertAscending(new SemanticVersions(), ascending);

    [Fact]
    public void What_differs_in_form_only_is_the_same()
    {
        new DebianVersions().Compare("0:1.0-0", "1.0").Should().Be(0);
        new DebianVersions().Compare("1.01-1", "1.1-1").Should().Be(0);
        new SemanticVersions().Compare("v1.2", "1.2.0+build").Should().Be(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x:1")]
    [InlineData("1.0 ")]
    [InlineData("1.0\n")]
    [InlineData("-r1")]
    public void Text_that_is_not_a_version_is_rejected(string text)
    {
        foreach (var order in new IVersionOrder[] { new DebianVersions(), new AlpineVersions(), new SemanticVersions() })
            order.IsVersion(text).Should().BeFalse();
    }

    static void AssertAscending(IVersionOrder order, string[] ascending)
    {
        foreach (var (i, left) in ascending.Index())
        {
            order.IsVersion(left).Should().BeTrue(left);
            foreach (var (j, right) in ascending.Index())
                Math.Sign(order.Compare(left, right)).Should().Be(i.CompareTo(j), $"{left} and {right}");
        }
    }
}

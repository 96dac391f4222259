using L4ReMusl.Boot;

namespace L4ReMusl.Tests.Boot;

public sealed class BootEntryTests
{
    [Theory]
    [InlineData("arm64", true)]
    [InlineData("arm", false)]
    public void Programs_for_Linux_are_booted_where_linux_run_has_code_for_the_architecture(string name, bool expected)
    {
        var architecture = ArchitectureCatalogue.All.Single(one => one.Name == name);

        BootEntry.For(architecture).Contains(BootEntry.Linux).Should().Be(expected);
        BootEntry.For(architecture).Should().Contain(BootEntry.All.Where(entry => entry != BootEntry.Linux && entry != BootEntry.LinuxTest));
    }
}

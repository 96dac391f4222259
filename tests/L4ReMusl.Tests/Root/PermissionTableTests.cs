using L4ReMusl.Root;

namespace L4ReMusl.Tests.Root;

public class PermissionTableTests
{
    [Fact]
    public void A_line_is_a_folder_a_file_a_link_or_a_device()
    {
        var table = PermissionTable.Parse(
            "# comment\n\n/tmp d 1777\n/etc/shadow\tf  0640 # secret\n/var/run l - ../run\n/dev/sda b 0660 8:0\n", "table");

        table.Entries.Should().Equal(
            new PermissionEntry("/tmp", PermissionKind.Folder, (UnixFileMode)Convert.ToInt32("1777", 8), null),
            new PermissionEntry("/etc/shadow", PermissionKind.File, (UnixFileMode)Convert.ToInt32("640", 8), null),
            new PermissionEntry("/var/run", PermissionKind.Link, default, "../run"),
            new PermissionEntry("/dev/sda", PermissionKind.BlockDevice, (UnixFileMode)Convert.ToInt32("660", 8), "8:0"));
    }

    [Theory]
    [InlineData("/tmp", "a path, a type and a mode")]
    [InlineData("tmp d 1777", "'tmp' must begin with '/'")]
    [InlineData("/var/../etc d 0755", "'..'")]
    [InlineData("/tmp/ d 0755", "'/tmp/'")]
    [InlineData("/ d 0755", "'/'")]
    [InlineData("/tmp x 0755", "'x' is unknown")]
    [InlineData("/tmp d 0798", "'0798' must be an octal number")]
    [InlineData("/tmp d 75", "'75' must be an octal number")]
    [InlineData("/tmp d 0755 /run", "must have exactly three fields")]
    [InlineData("/var/run l -", "the fourth is its target")]
    [InlineData("/var/run l 0777 ../run", "must be '-'")]
    [InlineData("/var/run l - /run", "'/run' must be relative")]
    [InlineData("/dev/console c 0600", "the fourth is its numbers")]
    [InlineData("/dev/console c 0600 5", "'5' must be a major and a minor number")]
    [InlineData("/dev/console c 0600 5:256", "'5:256' must be a major and a minor number up to 255")]
    public void A_wrong_line_is_an_error_with_its_number(string line, string problem) =>
        FluentActions.Invoking(() => PermissionTable.Parse($"/bin d 0755\n{line}\n", "the table"))
            .Should().Throw<BuildException>()
            .Which.Message.Should().StartWith("the table, line 2: ").And.Contain(problem);

    [Fact]
    public void A_path_has_one_line() =>
        FluentActions.Invoking(() => PermissionTable.Parse("/bin d 0755\n/bin d 0700\n", "the table"))
            .Should().Throw<BuildException>()
            .WithMessage("the table, line 2: '/bin' already has a line*");
}

using L4ReMusl.RootFs;

namespace L4ReMusl.Tests.RootFs;

public class PermissionTableTests
{
    [Fact]
    public void A_line_is_a_folder_a_file_or_a_link()
    {
        var table = PermissionTable.Parse("# comment\n\n/tmp d 1777\n/etc/shadow\tf  0640 # secret\n/var/run l - ../run\n", "table");

        table.Entries.Should().Equal(
            new PermissionEntry("/tmp", PermissionKind.Folder, (UnixFileMode)Convert.ToInt32("1777", 8), null),
            new PermissionEntry("/etc/shadow", PermissionKind.File, (UnixFileMode)Convert.ToInt32("640", 8), null),
            new PermissionEntry("/var/run", PermissionKind.Link, default, "../run"));
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
    [InlineData("/tmp d 0755 /run", "only links have a target")]
    [InlineData("/var/run l -", "must have a target")]
    [InlineData("/var/run l 0777 ../run", "must be '-'")]
    [InlineData("/var/run l - /run", "'/run' must be relative")]
    public void A_wrong_line_is_an_error_with_its_number(string line, string problem) =>
        FluentActions.Invoking(() => PermissionTable.Parse($"/bin d 0755\n{line}\n", "the table")).Should().Throw<BuildException>()
            .Which.Message.Should().StartWith("the table, line 2: ").And.Contain(problem);

    [Fact]
    public void A_path_has_one_line() =>
        FluentActions.Invoking(() => PermissionTable.Parse("/bin d 0755\n/bin d 0700\n", "the table")).Should().Throw<BuildException>()
            .WithMessage("the table, line 2: '/bin' has a line already*");
}

using L4ReMusl.Settings;

namespace L4ReMusl.Tests;

public class ImageFormatSettingsTests
{
    [Theory]
    [InlineData("", "ext4 cpio.gz")]
    [InlineData("tar", "tar")]
    [InlineData("TAR,Squashfs", "squashfs tar")]
    [InlineData("cpio.gz ext4 squashfs tar", "ext4 squashfs cpio.gz tar")]
    [InlineData("ext4, ext4", "ext4")]
    public void Formats_come_in_the_order_of_the_catalogue_each_once(string typed, string formats) =>
        string.Join(' ', Parse(typed.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ImageFormats.Select(format => format.Name)).Should().Be(formats);

    [Theory]
    [InlineData("squashf", "Did you mean 'squashfs'?")]
    [InlineData("cpio", "Did you mean 'cpio.gz'?")]
    [InlineData("ext4,none", "'none'")]
    public void An_unknown_format_is_named_with_the_valid_ones(string typed, string told) =>
        this.Invoking(_ => Parse(typed)).Should().Throw<BuildException>()
            .WithMessage("*is not a format that images can have. Valid for --image-formats: ext4, squashfs, cpio.gz, tar.*").And.Message.Should().Contain(told);

    static BuildSettings Parse(params string[] formats) => new SettingsParser(ArchitectureCatalogue.All).Parse(new RawSettings { ImageFormats = formats });
}

using L4ReMusl.Images;
using L4ReMusl.Layout;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Images;

public sealed class DefaultImageTests : IDisposable
{
    readonly TempFolder temp = new();

    [Fact]
    public void It_is_the_image_for_arm64_where_there_is_one()
    {
        temp.Write("out/images/lsb_root-arm.img", "32 bit");
        temp.Write("out/images/lsb_root-arm64.img", "64 bit");

        Image.Update(ArchitectureCatalogue.All).Should().Be(ArchitectureCatalogue.Arm64);

        new FileInfo(Image.Path).LinkTarget.Should().Be("lsb_root-arm64.img");
        File.ReadAllText(Image.Path).Should().Be("64 bit");
    }

    [Fact]
    public void It_changes_when_other_images_are_there()
    {
        temp.Write("out/images/lsb_root-arm.img", "32 bit");
        Image.Update(ArchitectureCatalogue.All).Should().Be(ArchitectureCatalogue.Arm);
        File.ReadAllText(Image.Path).Should().Be("32 bit");

        temp.Write("out/images/lsb_root-arm64.img", "64 bit");
        Image.Update(ArchitectureCatalogue.All);
        File.ReadAllText(Image.Path).Should().Be("64 bit");
    }

    [Fact]
    public void Without_images_there_is_no_link()
    {
        temp.Write("out/images/lsb_root-arm.img", "32 bit");
        Image.Update(ArchitectureCatalogue.All);
        File.Delete(temp["out", "images", "lsb_root-arm.img"]);

        Image.Update(ArchitectureCatalogue.All).Should().BeNull();

        Directory.EnumerateFileSystemEntries(temp["out", "images"]).Should().BeEmpty();
    }

    public void Dispose() => temp.Dispose();

    DefaultImage Image => new(new BuildLayout(temp.Path, temp["cache"]));
}

using L4ReMusl.Architectures;
using L4ReMusl.Images;
using L4ReMusl.Incremental;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

public class ImageTests
{
    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void It_holds_the_root_file_system_and_nothing_else(string name)
    {
        var architecture = Artefacts.Named(name);
        var root = Artefacts.Layout.RootFs(architecture);

        var verify = () => new Ext4Verifier(TimeOf(root), Tools.OfHost).Verify(
            Artefacts.Layout.Ext4Image(architecture), root, Ext4Size.For(root).Headroom);

        verify.Should().NotThrow();
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void Made_again_elsewhere_it_is_the_same_byte_for_byte(string name)
    {
        using var temp = new TempFolder("another place ");
        var architecture = Artefacts.Named(name);
        var root = Artefacts.Layout.RootFs(architecture);
        FileTree.Copy(root, temp["root"]);

        new Ext4Image(Artefacts.Layout.Mke2fsConfiguration, TimeOf(root), Tools.OfHost).Write(temp["root"], temp["image"]);

        Fingerprint.Sha256OfFile(temp["image"]).Should().Be(Fingerprint.Sha256OfFile(Artefacts.Layout.Ext4Image(architecture)));
    }

    [Fact]
    public void The_default_image_is_one_of_them()
    {
        var link = new FileInfo(new DefaultImage(Artefacts.Layout).Path);

        link.LinkTarget.Should().BeOneOf(ArchitectureCatalogue.All.Select(architecture => Path.GetFileName(Artefacts.Layout.Ext4Image(architecture))));
        link.ResolveLinkTarget(returnFinalTarget: true)!.Exists.Should().BeTrue();
    }

    static DateTimeOffset TimeOf(string root) => new(Directory.GetLastWriteTimeUtc(root), TimeSpan.Zero);
}

using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Images;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>The images in <c>out/images</c>, and images of changed copies of their root file systems.</summary>
public sealed class ImageTests : IDisposable
{
    readonly ChangedImages changed = new();

    public static IEnumerable<object[]> Images =>
        from row in Artefacts.Architectures
        from format in ImageFormatCatalogue.All
        where File.Exists(Artefacts.Layout.Image(Artefacts.Named((string)row[0]), format))
        select new[] { row[0], format.Name };

    public static IEnumerable<object[]> ArchitecturesAndFormats =>
        from row in Artefacts.Architectures from format in ImageFormatCatalogue.All select new[] { row[0], format.Name };

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void There_is_one_of_each_usual_format_with_its_manifest(string name)
    {
        foreach (var format in ImageFormatCatalogue.Default)
        {
            File.Exists(Artefacts.Layout.Image(Artefacts.Named(name), format)).Should().BeTrue(format.Name);
            File.Exists(Artefacts.Layout.ImageManifest(Artefacts.Named(name), format)).Should().BeTrue(format.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void It_holds_the_root_file_system_and_nothing_else_as_its_manifest_says(string name, string format)
    {
        var architecture = Artefacts.Named(name);
        var image = Artefacts.Layout.Image(architecture, Format(format));
        var root = Artefacts.Layout.RootFs(architecture);
        Directory.CreateDirectory(changed["read"]);

        var read = Format(format).Read(image, changed["read"], Tools.OfHost);

        new ImageVerifier(ChangedImages.TimeOf(root)).Verify(image, root, read);
        File.ReadAllText(image + ".mtree").Should().Be(Mtree.Describe(read.Select(entry => entry.ForManifest())));
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void Judged_by_itself_it_is_good(string name, string format) =>
        Violations(name, format, Artefacts.Layout.Image(Artefacts.Named(name), Format(format))).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Images))]
    public void Made_again_elsewhere_it_is_the_same_byte_for_byte(string name, string format)
    {
        var image = Make(name, format, _ => { });

        Fingerprint.Sha256OfFile(image)
            .Should().Be(Fingerprint.Sha256OfFile(Artefacts.Layout.Image(Artefacts.Named(name), Format(format))));
    }

    [Fact]
    public void Made_by_another_user_with_another_umask_all_are_the_same_byte_for_byte()
    {
        using var copy = new RepositoryCopy().WithOutput();
        var program = new BuildProgram(copy.Root)
        {
            Environment = new Dictionary<string, string> { ["HOME"] = copy.Root, ["NUKE_CACHE_FOLDER"] = copy["cache"] },
        };
        if (!program.CanRunAsNobody)
            return;
        FileTree.Delete(copy.Layout.Images);
        FileTree.Copy(Path.Combine(BuildProgram.CacheFolder, "downloads"), copy["cache", "downloads"]);
        Tools.OfHost.Run(new ToolInvocation("chown", "-hR", "65534:65534", copy.Root)).OrThrow("give the clone away");

        program.RunAsNobody(
            ["LsbRoot", "--offline", "--image-formats", .. ImageFormatCatalogue.All.Select(format => format.Name),
                "--architectures", .. RepositoryCopy.Architectures])
            .OrThrow("make the images as nobody");

        foreach (var row in ArchitecturesAndFormats)
        {
            var (name, format) = ((string)row[0], (string)row[1]);
            Fingerprint.Sha256OfFile(copy.Layout.Image(Artefacts.Named(name), Format(format)))
                .Should().Be(
                    Fingerprint.Sha256OfFile(Make(name, format, _ => { })), "the {0} image for {1} must not tell who made it",
                    format, name);
        }
    }

    [Theory]
    [MemberData(nameof(ArchitecturesAndFormats))]
    public void A_loader_that_cannot_be_executed_is_found(string name, string format)
    {
        var loader = Artefacts.Named(name).Interpreter;
        var image = Make(
            name, format,
            root => File.SetUnixFileMode(root + loader, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead));

        Violations(name, format, image)
            .Should().Contain(
                line => line.Contains($"needs the loader {loader}, which is not a file that everyone may execute"));
    }

    [Theory]
    [MemberData(nameof(ArchitecturesAndFormats))]
    public void A_missing_loader_is_found(string name, string format)
    {
        var loader = Artefacts.Named(name).Interpreter;
        var image = Make(name, format, root => File.Delete(root + loader));

        Violations(name, format, image)
            .Should().Contain(line => line.Contains($"needs the loader {loader}, which is missing"));
    }

    [Theory]
    [MemberData(nameof(ArchitecturesAndFormats))]
    public void The_loader_of_another_architecture_is_found(string name, string format)
    {
        var architecture = Artefacts.Named(name);
        var other = Artefacts.Architectures.Select(row => Artefacts.Named((string)row[0])).First(a => a != architecture);
        var image = Make(name, format, root =>
            File.Copy(Artefacts.Layout.RootFs(other) + other.Interpreter, root + architecture.Interpreter, overwrite: true));

        Violations(name, format, image)
            .Should().Contain($"{architecture.Interpreter}: is for the machine {other.Machine}, not {architecture.Machine}");
    }

    [Fact]
    public void The_default_image_is_one_of_them()
    {
        var link = new FileInfo(new DefaultImage(Artefacts.Layout).Path);

        link.LinkTarget.Should().BeOneOf(
            ArchitectureCatalogue.All.Select(architecture => Path.GetFileName(Artefacts.Layout.Ext4Image(architecture))));
        link.ResolveLinkTarget(returnFinalTarget: true)!.Exists.Should().BeTrue();
    }

    public void Dispose() => changed.Dispose();

    static IImageFormat Format(string name) => ImageFormatCatalogue.All.Single(format => format.Name == name);

    static IReadOnlyList<string> Violations(string name, string format, string image) =>
        new ImageInspection(Tools.OfHost, [RepositoryRoot.Path]).Violations(Format(format), image, Artefacts.Named(name));

    string Make(string name, string format, Action<string> change) => changed.Make(Artefacts.Named(name), Format(format), change);
}

using L4ReMusl.Goals;
using L4ReMusl.Images;
using L4ReMusl.Layout;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Goals;

public sealed class OutputCleanerTests : IDisposable
{
    readonly TempFolder temp = new();
    readonly BuildLayout layout;

    public OutputCleanerTests() => layout = new BuildLayout(temp.Path, temp["cache"]);

    public void Dispose() => temp.Dispose();

    [Fact]
    public void All_results_go_and_their_folders_with_them()
    {
        MakeResults();

        new OutputCleaner(layout, ArchitectureCatalogue.All).Clean().Should().Be(18);

        Directory.Exists(layout.Output).Should().BeFalse();
        ArchitectureCatalogue.All.Select(layout.BootSet).Should().NotContain(set => Directory.Exists(set));
    }

    [Theory]
    [InlineData("out/notes.txt")]
    [InlineData("out/images/mine.img")]
    [InlineData("distribution/images/README.md")]
    [InlineData("out/musl/riscv64/lib/libc.so")]
    [InlineData("cache/downloads/musl-1.2.5.tar.gz")]
    public void What_the_build_did_not_make_stays(string file)
    {
        MakeResults();
        temp.Write(file, "mine");

        new OutputCleaner(layout, ArchitectureCatalogue.All).Clean();

        Directory.EnumerateFiles(temp.Path, "*", SearchOption.AllDirectories).Should().Equal(temp[file]);
    }

    [Fact]
    public void Cleaning_twice_does_no_harm()
    {
        new OutputCleaner(layout, ArchitectureCatalogue.All).Clean().Should().Be(0);
    }

    void MakeResults()
    {
        foreach (var architecture in ArchitectureCatalogue.All)
        {
            temp.Write(Path.Combine(layout.Prefix(architecture), "lib", "libc.so"), "abcd");
            foreach (var format in ImageFormatCatalogue.All)
            {
                temp.Write(layout.Image(architecture, format), "");
                temp.Write(layout.ImageManifest(architecture, format), "");
                temp.Write(Path.Combine(BuildLayout.Sbom(layout.Image(architecture, format)), "sbom.cdx.json"), "");
            }

            temp.Write(Path.Combine(BuildLayout.Sbom(layout.RootFs(architecture)), "sbom.cdx.json"), "");
            temp.Write(Path.Combine(BuildLayout.Sbom(layout.BootSet(architecture)), "sbom.cdx.json"), "");
            temp.Write(Path.Combine(layout.BootSet(architecture), "run"), "efg");
            temp.Write(Path.Combine(layout.Component(architecture, "demo"), "bin", "demo"), "h");
            Directory.CreateDirectory(layout.RootFs(architecture));
        }

        File.CreateSymbolicLink(Path.Combine(layout.Images, "lsb_root.img"), "lsb_root-arm64.img");
        temp.Write(layout.Log("compile-arm"), "ok");
        temp.Write("out/.stamps/stage-arm.json", "");
        temp.Write("out/rust/env.sh", "");
        temp.Write("out/suites/posix/semihosting-arm64.json", "");
        temp.Write("out/.lock", "");
    }
}

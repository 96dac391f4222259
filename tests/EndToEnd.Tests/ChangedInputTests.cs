using L4ReMusl.Musl;
using L4ReMusl.Settings;
using L4ReMusl.Stages;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>Which stages run again when a file has changed: those that use it, and all that need them.</summary>
public sealed class ChangedInputTests : IDisposable
{
    const string Ext4 = "image-ext4 manifest-ext4 sbom-image-ext4";
    const string Roots = $"root sbom-lsb-root image-cpio.gz manifest-cpio.gz sbom-image-cpio.gz {Ext4}";
    const string BusyBox = $"busybox {Roots}";
    const string Prefixes = $"stage sbom-prefix package {BusyBox}";
    const string Everything = $"source-musl compile {Prefixes}";
    const string Documents = "sbom-prefix sbom-lsb-root sbom-image-cpio.gz sbom-image-ext4";

    readonly RepositoryCopy copy = new();

    [Theory]
    [InlineData("patches/musl/1.2.5/0210-251cbb63-statx-emulation.patch", Everything)]
    [InlineData("patches/musl/1.2.6/series", "")]
    [InlineData("patches/busybox/1.37.0/0001-cpio-path-traversal.patch", BusyBox)]
    [InlineData("config/components/busybox/build", BusyBox)]
    [InlineData("config/components/bash/component.json", "")]
    [InlineData("config/abi/musl-1.2.5/arm64.txt", Prefixes)]
    [InlineData("config/abi/musl-1.2.5/arm.txt", "")]
    [InlineData("config/prefix/share/l4re-musl/toolchain.cmake", Prefixes)]
    [InlineData("config/prefix-l4re/lib/pkgconfig/musl-l4re.pc", "")]
    [InlineData("config/prefix-common/share/l4re-musl/compiler.sh", Prefixes)]
    [InlineData("config/libraries/dl_find_object.c", Prefixes)]
    [InlineData("config/libraries/atomic.c", Prefixes)]
    [InlineData("config/libraries/gcov_glibc.c", Prefixes)]
    [InlineData("pkg/musl/Makefile", $"package {Roots}")]
    [InlineData("config/lsb_root/etc/motd", Roots)]
    [InlineData("config/lsb_root.permissions", Roots)]
    [InlineData("config/self-test/threads.c", Roots)]
    [InlineData("config/test-harness/harness.h", Roots)]
    [InlineData("config/mke2fs.conf", Ext4)]
    [InlineData("config/boot/run", "")]
    [InlineData("config/advisories/busybox.json", Documents)]
    [InlineData("config/assessments.json", Documents)]
    [InlineData("README.md", "")]
    public void Exactly_these_run_again(string file, string stages)
    {
        var before = Inputs();

        File.AppendAllText(copy[file.Split('/')], "\n");

        var now = Inputs();
        before.Keys.Where(stage => now[stage] != before[stage])
            .Should().BeEquivalentTo(stages.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    public void Dispose() => copy.Dispose();

    // The digests of what the stages of a root file system depend on, by their names without that of the architecture.
    Dictionary<string, string> Inputs()
    {
        var settings = new SettingsParser(ArchitectureCatalogue.All).Parse(new RawSettings(
            (Parameters.Architectures, "arm64"), (Parameters.CacheFolder, BuildProgram.CacheFolder)));
        var graph = StagesIn.Graph(copy.Layout, settings);
        var digests = new Dictionary<string, string>();
        foreach (var stage in graph.PrefixesOf(ArchitectureCatalogue.Arm64, [Flavour.Linux]))
            Add(stage);
        foreach (var stage in graph.RootOf(ArchitectureCatalogue.Arm64))
            Add(stage);
        return digests;

        void Add(IStage stage)
        {
            digests[stage.Name.Replace("-arm64", "", StringComparison.Ordinal)] = stage.Inputs.Digest;
            foreach (var need in stage.Needs)
                Add(need);
        }
    }
}

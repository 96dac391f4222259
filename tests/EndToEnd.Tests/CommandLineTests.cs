using L4ReMusl.Foundation.Files;
using L4ReMusl.Patching;
using L4ReMusl.Settings;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>Command lines of users, and the answers of the real program.</summary>
public sealed class CommandLineTests(RepositoryCopy copy) : IClassFixture<RepositoryCopy>
{
    internal static readonly string[] Targets =
    [
        "Test", "LsbRoot", "PackageL4Re", "Stage", "CompileArm", "CompileArm64", "Patch", "ListPatches", "FetchMusl", "Provision",
        "CompileComponents", "Doctor", "Image", "SmokeTest", "RustStd", "RustEnvironment", "RustTest", "Run",
        "AddVersion", "Audit", "Clean", "CacheInfo", "CacheClean", "UnitTest", "LongTest",
        "Pack", "Verify", "Release", "Publish",
    ];

    static readonly string[] Parameters =
    [
        "--architectures", "--components", "--debug-symbols", "--flavours", "--kernel-headers", "--languages",
        "--l4re-source", "--l4re-build", "--image", "--smoke-level",
        "--rust-targets", "--musl-version", "--cross-compile-arm", "--cross-compile-arm64", "--compiler-launcher", "--jobs",
        "--mirrors", "--offline", "--advisories", "--debian-mirror", "--locked", "--update-kernels", "--cache-folder",
        "--cache-size",
        "--remote-cache", "--remote-cache-mode", "--remote-cache-key", "--no-provision",
        "--pack-folder", "--signing-key", "--allowed-signers",
        "--help", "--plan", "--target", "--skip", "--root", "--verbosity",
    ];

    [Fact]
    public void Help_names_every_target_and_parameter_and_the_two_main_commands()
    {
        var help = Succeed(copy.Program, "--help");

        foreach (var target in Targets)
            help.Should().MatchRegex($@"(?m)^    {target} ");
        foreach (var parameter in Parameters)
            help.Should().MatchRegex($@"(?m)^    {parameter}( |$)");
        help.Should().MatchRegex(@"(?m)^  \./build\.sh  +does it all")
            .And.MatchRegex(@"(?m)^  \./build\.sh --target Test  +runs all tests");
    }

    [Theory]
    [InlineData("--architectures mips", "'mips'", "arm, arm64")]
    [InlineData("--architectures arm65", "'arm65'", "Did you mean 'arm64'?")]
    [InlineData("LsbRoot --components musl busybx", "'busybx'", "Did you mean 'busybox'?", "musl, bash, busybox")]
    [InlineData("SmokeTest --smoke-level 4", "'4'", "1, 2, 3, l4re")]
    [InlineData("SmokeTest --smoke-level l4re", "name its build folder with --l4re-build")]
    [InlineData("Stage --flavours linux l4r", "'l4r'", "Did you mean 'l4re'?")]
    [InlineData("LsbRoot --flavours l4re", "The target LsbRoot needs the flavour linux")]
    [InlineData("PackageL4Re --l4re-build /usr", "'/usr' is not an L4Re build folder", "make B=<folder>")]
    [InlineData("Run --architectures arm64 --image musl-vn", "Did you mean 'musl-vm'?")]
    [InlineData("Run --architectures arm64 --image musl-vm", "is made by an L4Re tree", "--l4re-build")]
    [InlineData("PackageL4Re --l4re-source /usr", "needs --l4re-build")]
    [InlineData("SmokeTest --components musl", "none of the selected", "add busybox to --components")]
    [InlineData(
        "RustTest --rust-targets aarch64-unknown-linux-gnu",
        "'aarch64-unknown-linux-gnu'",
        "Did you mean 'aarch64-unknown-linux-musl'?")]
    [InlineData(
        "RustTest --architectures arm --rust-targets aarch64-unknown-linux-musl",
        "is not a Rust target of the selected architectures",
        "armv7-unknown-linux-musleabihf")]
    [InlineData("LsbRot", "no target 'LsbRot'", "Did you mean 'LsbRoot'?", "LsbRoot, PackageL4Re, Stage,")]
    [InlineData(
        "LsbRoot --architecture arm",
        "no parameter '--architecture'",
        "Did you mean '--architectures'?",
        "--musl-version, --mirrors,")]
    [InlineData("LsbRoot --jobs 0", "'--jobs' can't be '0'", "a whole number from 1 to 1024")]
    [InlineData("LsbRoot --jobs", "'--jobs' needs a value")]
    [InlineData("LsbRoot --offline maybe", "'--offline' is a flag", "'maybe'")]
    [InlineData("--jobs 2 LsbRoot", "put targets first: 'LsbRoot --jobs'")]
    [InlineData("--architectures LsbRoot", "put targets first: 'LsbRoot --architectures'")]
    [InlineData("Image --update-kernels --locked", "--locked forbids; leave one of them out")]
    [InlineData("Image --update-kernels --offline", "--update-kernels needs the network")]
    [InlineData("Image --debian-mirror /srv/debian", "'--debian-mirror' can't be '/srv/debian'", "the URL of")]
    [InlineData("Image --image-formats squashfs", "add 'cpio.gz' to --image-formats")]
    [InlineData("Run", "one architecture", "--architectures")]
    [InlineData("Run --architectures arm64", "needs a terminal", "distribution/images/arm64/run")]
    [InlineData("LsbRoot --jobs=2", "write '--jobs 2'")]
    [InlineData("LsbRoot --cache-size much", "'--cache-size' can't be 'much'", "a number of bytes, perhaps with")]
    [InlineData("LsbRoot --remote-cache s3://me:secret@bucket/x", "can't be 's3://bucket/x'", "a folder, or an http or")]
    [InlineData("LsbRoot --remote-cache-mode readonly", "'readonly'", "Did you mean 'read-only'?")]
    [InlineData("LsbRoot --remote-cache-key nowhere.pem", "'--remote-cache-key' can't be 'nowhere.pem'", "a file that exists")]
    [InlineData("LsbRoot --remote-cache /r --remote-cache-key build.sh", "build.sh", "is not an elliptic-curve key", "openssl")]
    [InlineData("Stage --musl-version 9.9", "no musl '9.9'", "1.2.5")]
    [InlineData("Stage --compiler-launcher nowhere", "'--compiler-launcher' can't be 'nowhere'", "in PATH")]
    [InlineData("ListPatches --profile none", "no profile 'none'", "parameters.none.json")]
    public void A_mistake_is_named_with_what_would_be_right_and_nothing_is_made(string commandLine, params string[] told)
    {
        var result = copy.Program.Run(commandLine.Split(' '));

        result.ExitCode.Should().NotBe(0);
        foreach (var part in told)
            BuildProgram.Text(result).Should().Contain(part);
        BuildProgram.Text(result).Should().NotContain("   at ", "no user reads a stack trace");
        Directory.Exists(copy.Layout.Output).Should().BeFalse();
    }

    [Fact]
    public void ListPatches_shows_what_each_patch_of_the_series_does_and_why()
    {
        var list = OneLine(Succeed(copy.Program, "ListPatches"));

        var series = PatchSeries.Read(copy.Layout.MuslPatches(SettingsParser.DefaultMuslVersion));
        series.Patches.Should().NotBeEmpty();
        foreach (var patch in series.Patches)
            list.Should().Contain(patch.FileName).And.Contain(OneLine(patch.Subject)).And.Contain($"why: {OneLine(patch.Why)}");
    }

    [Fact]
    public void Doctor_shows_all_host_tools_and_changes_nothing()
    {
        using var repository = new RepositoryCopy();
        var before = Contents(repository);

        var table = Succeed(repository.Program, "Doctor");

        table.Should().MatchRegex("Tool +Version +State +Package +Needed for +Path");
        foreach (var tool in (string[])["make", "git", "mke2fs", "cmake", "meson", "gpg", "qemu-arm", "qemu-aarch64"])
            table.Should().MatchRegex($@"(?m)^{tool} ");
        Contents(repository).Should().Equal(before);
    }

    [Fact]
    public void Caches_can_be_looked_at_and_emptied()
    {
        using var temp = new TempFolder("a cache ");
        temp.Write("compiled/compile-arm.v1", new string('x', 5000));
        temp.Write("downloads/musl.tar.gz", "archive");
        string[] caches = ["--cache-folder", temp.Path, "--cache-size", "100MB", "--remote-cache", temp["remote"]];

        Succeed(copy.Program, ["CacheInfo", .. caches]).Should()
            .MatchRegex(@"(?m)^results of stages +1 +5 kB +\d{4}-\d\d-\d\d +100\.0 MB ")
            .And.MatchRegex("(?m)^source archives +1 +7 B ")
            .And.Contain(
                $"The remote cache {temp["remote"]} (read-only, without signatures) cannot be used: there is no such folder");
        Directory.CreateDirectory(temp["remote"]);
        Succeed(copy.Program, ["CacheInfo", .. caches]).Should().Contain("can be reached");
        Succeed(copy.Program, "CacheInfo", "--offline", "--remote-cache", "http://127.0.0.1:9/").Should()
            .Contain("http://127.0.0.1:9 is not used, because of --offline");
        Succeed(copy.Program, ["CacheClean", .. caches]).Should().Contain("freed: 5 kB");

        Directory.EnumerateFileSystemEntries(temp["compiled"]).Should().BeEmpty();
        File.Exists(temp["downloads/musl.tar.gz"]).Should().BeTrue();
    }

    [Fact]
    public void A_relative_path_counts_from_the_current_folder()
    {
        using var temp = new TempFolder("elsewhere ");
        FileTree.Copy(Path.Combine(BuildProgram.CacheFolder, "downloads"), temp["distfiles"]);
        var program = new BuildProgram(copy.Root) { WorkingDirectory = temp.Path };

        Succeed(program, "FetchMusl", "--offline", "--mirrors", "distfiles", "--cache-folder", "cache");

        FileTree.List(temp["cache", "downloads"]).Should().Contain(entry => entry.Path == "musl-1.2.5.tar.gz");
    }

    [Fact]
    public void Another_repository_can_be_named()
    {
        using var temp = new TempFolder("elsewhere ");
        var program = new BuildProgram(RepositoryRoot.Path) { WorkingDirectory = temp.Path };

        Succeed(program, "--plan", "--root", copy.Root).Should().Contain($"{copy.Root}/.nuke/temp/");
    }

    static string Succeed(BuildProgram program, params string[] arguments)
    {
        var result = program.Run(arguments);
        result.ExitCode.Should().Be(0, BuildProgram.Text(result));
        return BuildProgram.Text(result);
    }

    static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // .nuke/temp is where the engine keeps its own log.
    static IEnumerable<string> Contents(RepositoryCopy repository) => FileTree.List(repository.Root)
        .Where(entry => !entry.Path.StartsWith(".nuke/temp", StringComparison.Ordinal))
        .Select(entry => $"{entry.Path} {entry.Length} {entry.Mode}");
}

using System.Text.RegularExpressions;
using L4ReMusl.Boot;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Machines;
using L4ReMusl.Sources;
using L4ReMusl.Tests.Debian;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Boot;

[Trait("Speed", "slow")]
public sealed class KernelStoreTests : IDisposable
{
    const string Version = "6.1.1-1", Newer = "6.1.2-1";

    static readonly Emulation Arm64 = ArchitectureCatalogue.Arm64.Emulation!;

    readonly DebianArchive archive = new();
    readonly TempFolder temp = new("a user's cache "), repository = new("a repository ");
    RecordedLog log = new();
    string? snapshots;

    [Fact]
    public void The_kernel_is_the_one_that_the_package_depends_on_and_all_that_proves_it_is_recorded()
    {
        var kernel = Store().Fetch(Arm64);

        kernel.Should().Be(new KernelPackage(
            "linux-image-cloud-arm64", DebianArchive.NameOf(Version), Version, "arm64", "bookworm",
            $"pool/main/l/linux/{DebianArchive.NameOf(Version)}_{Version}_arm64.deb",
            new FileInfo(archive.FileOf(Version)).Length,
            Fingerprint.Sha256OfFile(archive.FileOf(Version)), Fingerprint.Sha256OfFile(archive.Index), kernel.Snapshot));
        kernel.Snapshot.Should().MatchRegex("^[0-9]{8}T[0-9]{6}Z$").And.StartWith($"{DateTime.UtcNow.AddDays(1):yyyyMMdd}");
        Store().Pinned(Arm64).Should().Be(kernel);
        Fingerprint.Sha256OfFile(Store().FileOf(kernel)).Should().Be(kernel.Sha256);
        new KernelImage(Tools.OfHost).Extract(kernel, Store().FileOf(kernel), temp["kernel"]);
        File.ReadAllText(temp["kernel"]).Should().Be(DebianArchive.ContentOf(Version));
        Directory.EnumerateFileSystemEntries(temp.Path).Select(Path.GetFileName)
            .Should().BeEquivalentTo("bookworm-arm64", "kernel");
    }

    [Fact]
    public void The_state_of_the_hosts_own_apt_stays_as_it_is()
    {
        var before = HostState();

        new DebianMirrors(null, Tools.OfHost).Candidates();
        Store().Fetch(Arm64);

        HostState().Should().Equal(before);
    }

    [Theory]
    [InlineData("no signature", "is not signed")]
    [InlineData("another key", "is not signed")]
    [InlineData("a changed signed index", "is not signed")]
    [InlineData("a changed list of packages", "Hash Sum mismatch")]
    [InlineData("a changed package", "Hash Sum mismatch")]
    public void What_Debian_did_not_sign_is_refused_and_leaves_nothing(string damage, string reason)
    {
        switch (damage)
        {
            case "no signature":
                var lines = File.ReadAllLines(archive.Index).SkipWhile(line => line.Length > 0).Skip(1)
                    .TakeWhile(line => !line.StartsWith("-----", StringComparison.Ordinal));
                File.WriteAllLines(Path.Combine(Path.GetDirectoryName(archive.Index)!, "Release"), [.. lines]);
                File.Delete(archive.Index);
                break;
            case "another key":
                archive.SignByStranger();
                break;
            case "a changed signed index":
                File.WriteAllText(
                    archive.Index,
                    File.ReadAllText(archive.Index).Replace("Label: Debian", "Label: debian", StringComparison.Ordinal));
                break;
            case "a changed list of packages":
                File.WriteAllText(
                    archive.Packages,
                    File.ReadAllText(archive.Packages).Replace("for tests", "for TESTS", StringComparison.Ordinal));
                break;
            default:
                var bytes = File.ReadAllBytes(archive.FileOf(Version));
                bytes[^1] ^= 1;
                File.WriteAllBytes(archive.FileOf(Version), bytes);
                break;
        }

        FluentActions.Invoking(() => Store().Fetch(Arm64)).Should().Throw<BuildException>()
            .WithMessage(damage == "a changed package"
                ? $"*could not be downloaded*{reason}*"
                : $"*Debian's signed index of bookworm for arm64*{reason}*--debian-mirror*");
        Files("*.deb").Should().BeEmpty();
        Files("kernel.json").Should().BeEmpty();
        FluentActions.Invoking(() => Store().Pinned(Arm64))
            .Should().Throw<BuildException>().WithMessage("*not been fetched yet*");
    }

    [Fact]
    public void Without_a_network_the_cached_kernel_is_used_or_an_error_says_what_to_do()
    {
        FluentActions.Invoking(() => Store(isOffline: true).Fetch(Arm64)).Should().Throw<BuildException>()
            .WithMessage("*linux-image-cloud-arm64*not in the cache*offline*Run it once without --offline*");

        var kernel = Store().Fetch(Arm64);

        Store("http://127.0.0.1:9/debian").Fetch(Arm64).Should().Be(kernel, "it is not fetched twice");
        Store(isOffline: true).Fetch(Arm64).Should().Be(kernel);
    }

    [Fact]
    public void A_mirror_that_does_not_answer_is_named()
    {
        FluentActions.Invoking(() => Store("http://user:secret@127.0.0.1:9/debian").Fetch(Arm64)).Should().Throw<BuildException>()
            .WithMessage("*127.0.0.1:9/debian*").Which.Message.Should().NotContain("secret");
    }

    [Fact]
    public void A_newer_kernel_is_used_when_the_user_asks_for_it()
    {
        Store().Fetch(Arm64);
        archive.Publish(Newer);

        Store().Fetch(Arm64).Version.Should().Be(Version);
        var store = Store(isUpdate: true);
        FluentActions.Invoking(() => store.Pinned(Arm64)).Should().Throw<BuildException>().WithMessage("*--update-kernels*");
        store.Fetch(Arm64).Version.Should().Be(Newer);

        store.Pinned(Arm64).Version.Should().Be(Newer);
        Store().Fetch(Arm64).Version.Should().Be(Newer);
        Files("*.deb").Should().ContainSingle();
    }

    [Fact]
    public void An_update_that_fails_leaves_the_kernel_that_was_there()
    {
        var kernel = Store().Fetch(Arm64);

        FluentActions.Invoking(() => Store("http://127.0.0.1:9/debian", isUpdate: true).Fetch(Arm64))
            .Should().Throw<BuildException>();

        Store(isOffline: true).Fetch(Arm64).Should().Be(kernel);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_damaged_file_in_the_cache_is_named_and_fetched_again(bool isIndexGone)
    {
        var kernel = Store().Fetch(Arm64);
        File.AppendAllText(Store().FileOf(kernel), "x");
        if (isIndexGone)
            Directory.Delete(temp["bookworm-arm64", "state"], recursive: true);

        Store().Fetch(Arm64).Should().Be(kernel);

        log.Warnings.Should().ContainSingle().Which.Should().Contain(kernel.FileName).And.Contain("damaged");
        Fingerprint.Sha256OfFile(Store().FileOf(kernel)).Should().Be(kernel.Sha256);
    }

    [Fact]
    public void A_file_that_Debian_has_replaced_meanwhile_is_not_silently_another_kernel()
    {
        var kernel = Store().Fetch(Arm64);
        archive.Publish(Newer);
        Directory.Delete(temp["bookworm-arm64", "state"], recursive: true);
        File.Delete(Store().FileOf(kernel));

        FluentActions.Invoking(() => Store().Fetch(Arm64))
            .Should().Throw<BuildException>().WithMessage($"*{kernel.Name}*--update-kernels*");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    public void A_damaged_record_is_made_again(string content)
    {
        var kernel = Store().Fetch(Arm64);
        File.WriteAllText(temp["bookworm-arm64", "kernel.json"], content);

        Store().Fetch(Arm64).Should().Be(kernel);
    }

    [Fact]
    public async Task Two_builds_at_once_take_turns()
    {
        var kernels = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => Store().Fetch(Arm64))));

        kernels.Distinct().Should().ContainSingle();
    }

    [Fact]
    public void A_package_that_changed_after_it_was_fetched_is_not_unpacked()
    {
        var kernel = Store().Fetch(Arm64);
        File.AppendAllText(Store().FileOf(kernel), "x");

        FluentActions.Invoking(() => new KernelImage(Tools.OfHost).Extract(kernel, Store().FileOf(kernel), temp["kernel"]))
            .Should().Throw<BuildException>().WithMessage("*deleted or changed*");
        File.Exists(temp["kernel"]).Should().BeFalse();
    }

    [Fact]
    public void An_update_locks_the_kernel_for_all_other_machines()
    {
        var kernel = Store(isUpdate: true).Fetch(Arm64);
        archive.Publish(Newer);
        ForgetCache();

        Store(isRequired: true).Pinned(Arm64).Should().Be(kernel, "the repository says so");
        Store(isRequired: true).Fetch(Arm64).Should().Be(kernel, "the pool still has it");

        log.Warnings.Should().BeEmpty();
        Store(isUpdate: true).Fetch(Arm64).Version.Should().Be(Newer);
        File.ReadAllText(repository["kernels.lock.json"]).Should().Contain(Newer).And.NotContain($"\"{Version}\"");
        Files("*.deb").Should().ContainSingle();
    }

    [Fact]
    public void What_mirrors_have_deleted_comes_from_a_snapshot()
    {
        var kernel = Store(isUpdate: true).Fetch(Arm64);
        using var server = LoopbackServer.Of(new Dictionary<string, byte[]>
        {
            [$"/archive/{kernel.Snapshot}/{kernel.Path}"] = File.ReadAllBytes(archive.FileOf(Version)),
        });
        snapshots = server.Url + "archive";
        Replace();

        Store(isRequired: true).Fetch(Arm64).Should().Be(kernel);

        Fingerprint.Sha256OfFile(Store().FileOf(kernel)).Should().Be(kernel.Sha256);
    }

    [Fact]
    public void The_newest_kernel_stands_in_for_one_that_nobody_has_but_not_silently()
    {
        var kernel = Store(isUpdate: true).Fetch(Arm64);
        var content = File.ReadAllText(repository["kernels.lock.json"]);
        Replace();

        FluentActions.Invoking(() => Store(isRequired: true).Fetch(Arm64)).Should().Throw<BuildException>()
            .WithMessage($"{kernel.Name} {Version}, which *kernels.lock.json locks, cannot be had, and --locked *");
        Files("*.deb").Should().BeEmpty();
        Store().Fetch(Arm64).Version.Should().Be(Newer);
        log.Warnings.Should().Contain(line => line.Contains("stands in for the locked") && line.Contains("same as on other"));

        log = new RecordedLog();
        Store("http://127.0.0.1:9/debian").Fetch(Arm64).Version.Should().Be(Newer, "it is not sought each time");
        log.Warnings.Should().ContainSingle().Which.Should().Contain("stands in for the locked");
        FluentActions.Invoking(() => Store(isRequired: true).Fetch(Arm64)).Should().Throw<BuildException>();
        File.ReadAllText(repository["kernels.lock.json"]).Should().Be(content);
    }

    [Fact]
    public void A_mirror_that_lies_about_a_locked_kernel_is_of_no_use()
    {
        Store(isUpdate: true).Fetch(Arm64);
        ForgetCache();
        File.WriteAllBytes(archive.FileOf(Version), new byte[new FileInfo(archive.FileOf(Version)).Length]);

        FluentActions.Invoking(() => Store(isRequired: true).Fetch(Arm64)).Should().Throw<BuildException>();

        Files("*.deb").Should().BeEmpty();
    }

    [Theory]
    [InlineData("sha256", "abc", "the sha256 'abc' of linux-image-6.1.1-1-cloud-arm64 must be 64 lower-case hexadecimal digits")]
    [InlineData("path", "pool/../x.deb", "the path 'pool/../x.deb' of * must be a path in Debian's archive, as in *")]
    [InlineData("path", "pool/", "the path 'pool/' of * must be a path in Debian's archive, as in *")]
    [InlineData("snapshot", "yesterday", "the snapshot 'yesterday' of * must be a time such as 20261130T000000Z")]
    public void What_is_wrong_in_the_lock_is_named(string field, string value, string message)
    {
        Store(isUpdate: true).Fetch(Arm64);
        var file = repository["kernels.lock.json"];
        var text = Regex.Replace(File.ReadAllText(file), $"\"{field}\": \".*\"", $"\"{field}\": \"{value}\"");
        File.WriteAllText(file, text);

        FluentActions.Invoking(() => Store().Fetch(Arm64)).Should().Throw<BuildException>()
            .WithMessage($"*kernels.lock.json: {message}.");
    }

    public void Dispose()
    {
        repository.Dispose();
        archive.Dispose();
        temp.Dispose();
    }

    KernelStore Store(string? mirror = null, bool isOffline = false, bool isUpdate = false, bool isRequired = false)
    {
        var mirrors = new DebianMirrors(mirror ?? archive.Url, Tools.OfHost);
        var locked = new LockedKernels(
            new KernelLock(repository["kernels.lock.json"], snapshots ?? LoopbackServer.ClosedUrl.TrimEnd('/')),
            folder => new ArchiveFetcher(
                folder,
                new ArchiveLocations([], isOffline, mirrors),
                new SignatureVerifier(Tools.OfHost, temp["keys"]),
                log.Logger,
                new TransferPolicy(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1), [])),
            isRequired,
            log.Logger);
        return new(temp.Path, locked, mirrors, isOffline, isUpdate, Tools.OfHost, log.Logger, archive.Keyring);
    }

    void ForgetCache() => Directory.Delete(temp["bookworm-arm64"], recursive: true);

    // The archive of another day, to a machine that has nothing yet.
    void Replace()
    {
        ForgetCache();
        File.Delete(archive.FileOf(Version));
        archive.Publish(Newer);
    }

    string[] Files(string pattern) => Directory.GetFiles(temp.Path, pattern, SearchOption.AllDirectories);

    static List<string> HostState() =>
        [.. new[] { "/var/lib/apt", "/var/cache/apt" }.Where(Directory.Exists).Select(FileTree.State)];
}

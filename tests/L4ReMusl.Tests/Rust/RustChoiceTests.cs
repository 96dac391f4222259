using L4ReMusl.Foundation.Reports;
using L4ReMusl.HostTools;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Rust;
using L4ReMusl.Sources;
using L4ReMusl.Tests.HostTools;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Rust;

/// <summary>Which Rust compiler is used where there is no network, and apt may have Debian's.</summary>
public sealed class RustChoiceTests : IDisposable
{
    const string Users = "1.99.0", Debians = "1.96.0", Newer = "1.97.0";

    static readonly RustTarget Target = RustTargets.Of(ArchitectureCatalogue.Arm64);

    readonly FakeHost host = new();
    readonly TempFolder temp = new();
    readonly RecordedLog log = new();

    [Fact]
    public void Debians_compiler_needs_only_its_package_of_sources_which_is_installed_before_any_search()
    {
        WithRust(Debians).WithAptGet(Sources(Debians));
        var choice = Choice(OfDebian("rustc-web"));

        choice.Settle(Target);

        choice.Toolchain.Version.Should().Be(Debians);
        host.Calls.Should().ContainSingle().Which.Should().Contain("cargo-web rustc-web rust-web-src");
        log.Warnings.Should().BeEmpty();
        Directory.Exists(temp["cache", "rust"]).Should().BeFalse("nothing was wrong that is to be remembered");
    }

    [Fact]
    public void It_may_become_newer_with_that()
    {
        WithRust(Debians)
            .WithAptGet($"{Sources(Newer)}; /bin/sed -i 's/{Debians}/{Newer}/' '{host.PathOf("rustc")}'");
        var choice = Choice(OfDebian("rustc-web"));
        choice.Toolchain.Version.Should().Be(Debians);

        choice.Settle(Target);

        choice.Toolchain.Version.Should().Be(Newer);
    }

    [Fact]
    public void Debians_other_compiler_is_not_replaced_while_its_sources_may_be_found()
    {
        WithRust(Debians).WithAptGet();
        Directory.CreateDirectory(temp["cache", "rust", $"rustc-{Debians}", "vendor"]);
        temp.Write($"cache/rust/rustc-{Debians}/library/Cargo.lock", "");

        Choice(OfDebian("rustc")).Settle(Target);

        host.Calls.Should().BeEmpty();
    }

    [Fact]
    public void Where_the_sources_cannot_be_installed_the_reason_is_said_once_and_they_are_looked_for()
    {
        WithRust(Debians).WithAptGet("echo 'E: no connection' >&2; exit 100");

        Choice(OfDebian("rustc-web")).Invoking(choice => choice.Settle(Target))
            .Should().Throw<RustSourceMissingException>().WithMessage($"rustc {Debians} has no standard library*offline*");

        log.Warnings.Should().ContainSingle().Which.Should().Contain("E: no connection");
    }

    [Fact]
    public void For_a_compiler_without_library_and_sources_Debians_is_installed_and_that_is_remembered()
    {
        WithRust(Users).WithAptGet(InstallsDebians());
        var choice = Choice(OfDebian("rustc-web", "usr"));

        choice.Settle(Target);

        choice.Toolchain.Should().Match<RustToolchain>(rust => rust.Version == Debians && rust.Compiler == temp["usr/bin/rustc"]);
        host.Calls.Should().ContainSingle();
        log.Warnings.Should().ContainSingle().Which.Should().StartWith($"rustc {Users} has no standard library for");
        Choice(OfDebian("rustc-web", "usr")).Toolchain.Version.Should().Be(Debians);
    }

    [Fact]
    public void Without_either_the_error_is_about_the_users()
    {
        WithRust(Users).WithAptGet("exit 100");

        Choice(OfDebian("rustc-web", "usr")).Invoking(choice => choice.Settle(Target))
            .Should().Throw<RustSourceMissingException>().WithMessage($"rustc {Users} has no standard library for *");
    }

    public void Dispose()
    {
        host.Dispose();
        temp.Dispose();
    }

    // Debian's packages are installed into the folder that has the PATH, or else into another.
    DistributionRust OfDebian(string owner, string? folder = null)
    {
        host.With("dpkg-query", $"echo \"{owner}: $2\"");
        return new DistributionRust(host.Runner, folder is null ? Usr : temp[folder]);
    }

    string Usr => Path.GetDirectoryName(Path.GetDirectoryName(host.PathOf("rustc")))!;

    FakeHost WithRust(string version) =>
        host.With("cargo", "exit 1").With("rustc", Rustc(version));

    // A compiler that has no sources of its own.
    string Rustc(string version) =>
        $"[ \"$1\" = --print ] && echo '{temp["sysroot"]}' || printf 'rustc\\nrelease: {version}\\n'";

    static string Sources(string version, string folder = ".") =>
        $"/bin/mkdir -p '{folder}/src/rustc-{version}/library/vendor'; : > '{folder}/src/rustc-{version}/library/Cargo.lock'";

    string InstallsDebians()
    {
        var program = temp.Write("packaged", $"#!/bin/sh\n{Rustc(Debians)}\n");
        return $"{Sources(Debians, temp["usr"])}; for program in rustc cargo; do "
            + $"/usr/bin/install -D -m 755 '{program}' \"{temp["usr"]}/bin/$program\"; done";
    }

    RustChoice Choice(DistributionRust distribution)
    {
        var layout = new BuildLayout(temp.Path, temp["cache"]);
        var mirrors = new DebianMirrors(null, host.Runner);
        var sources = new RustSourceStore(
            layout.RustSources,
            distribution,
            new RustSourceArchive(temp["apt"], mirrors, isOffline: true, host.Runner, log.Logger),
            new ArchiveFetcher(
                temp["downloads"],
                new ArchiveLocations([], true, mirrors),
                new SignatureVerifier(host.Runner, temp["keys"]),
                log.Logger),
            host.Runner,
            new ProgressDisplay(TextWriter.Null, isTerminal: false),
            log.Logger);
        var aptGet = new AptGet(host.Runner, host.Environment, host.System, log.Logger);
        return new RustChoice(
            layout,
            sources,
            new Rustup(mayInstall: true, host.Runner, log.Logger),
            distribution,
            new(() => new PackageInstaller(aptGet, Verdict.Good, host.LogFile)),
            _ => throw new InvalidOperationException("no C compiler is needed"),
            host.Runner,
            log.Logger);
    }
}

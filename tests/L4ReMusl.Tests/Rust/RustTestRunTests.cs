using L4ReMusl.Foundation.Processes;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Rust;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Rust;

/// <summary>The evaluation of cargo's output. A shell script replaces cargo.</summary>
public sealed class RustTestRunTests : IDisposable
{
    readonly TempFolder temp = new("tests of rust ");

    [Fact]
    public void A_run_must_pass_all_tests_that_there_are() =>
        Run("echo 'test result: ok. 2 passed; 0 failed; 0 ignored'").Should().Equal(("musl_smoke", 2), ("wrappers", 2));

    [Theory]
    [InlineData(
        "echo 'test result: ok. 0 passed; 0 failed; 0 ignored'",
        "Of 2 tests in musl_smoke.rs, 0 ran for aarch64-unknown-linux-musl*.log'.")]
    [InlineData("echo 'test result: ok. 1 passed; 0 failed; 1 ignored'", "Of 2 tests in musl_smoke.rs, 1 ran*")]
    [InlineData("echo nothing", "*did not report how many passed*")]
    [InlineData("echo 'test result: FAILED. 1 passed; 1 failed'; exit 101", "Could not pass the tests musl_smoke*exit code 101*")]
    public void Anything_else_is_a_failure(string script, string message) =>
        this.Invoking(_ => Run(script)).Should().Throw<BuildException>().WithMessage(message);

    public void Dispose() => temp.Dispose();

    IReadOnlyList<(string Suite, int Passed)> Run(string script)
    {
        foreach (var suite in (string[])["musl_smoke", "wrappers"])
            temp.Write(
                $"crates/l4re-libc/tests/{suite}.rs",
                "#[test]\n#[ignore = \"elsewhere\"]\nfn none() {}\n    #[test]\n    fn one() {}\n    #[test]\n    fn two() {}\n");
        Tools.OfHost
            .Run(new ToolInvocation("install", "-m", "755", "/dev/stdin", temp["cargo"]) { Input = $"#!/bin/sh\n{script}\n" })
            .OrThrow("write a program");
        var layout = new BuildLayout(temp.Path, temp["cache"]);
        var target = RustTargets.Of(ArchitectureCatalogue.Arm64);
        var cargo = new Cargo(
            layout.Root,
            new RustToolchain(temp["cargo"], "rustc", "1.95.0", "/nowhere", "x"),
            _ => new Toolchain(target.Architecture, "gcc-", "gcc", "x"));
        return new RustTestRun(layout, cargo, Tools.OfHost).Run(new RustSettings(target, temp["prefix"], temp["sysroot"]));
    }
}

using System.ComponentModel;
using L4ReMusl.Settings;
using Nuke.Common;

/// <summary>Rust on the staged prefixes.</summary>
interface IRust : IStageMusl
{
    [Parameter(
        Parameters.RustTargetsText,
        ValueProviderType = typeof(Choices), ValueProviderMember = nameof(Choices.RustTargets))]
    string[] RustTargets => TryGetValue(() => RustTargets) ?? [];

    [Category("Rust")]
    Target RustStd => _ => _
        .Description("Prepares Rust's standard library and an unwinder for the staged musl: takes rustup's library, or builds it "
            + "from sources of the same version")
        .DependsOn(Stage)
        .Executes(() => Reach(nameof(RustStd)));

    [Category("Rust")]
    Target RustEnvironment => _ => _
        .Description("Writes settings for cargo: out/rust/env.sh to source, out/rust/config.toml for --config, variables for CI")
        .DependsOn(RustStd)
        .Executes(() => Reach(nameof(RustEnvironment)));

    [Category("Rust")]
    Target RustTest => _ => _
        .Description("Runs the tests of crates/l4re-libc in emulation: they prove that the staged libc.so is the process's only "
            + "C library")
        .DependsOn(RustEnvironment)
        .Executes(() => Reach(nameof(RustTest)));
}

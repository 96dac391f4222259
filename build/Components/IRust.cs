using System.ComponentModel;
using Nuke.Common;

/// <summary>Rust on the staged prefixes.</summary>
interface IRust : IStageMusl
{
    [Category("Rust")]
    [Parameter("Targets of Rust's to work on. Default: aarch64-unknown-linux-musl and armv7-unknown-linux-musleabihf, as far as their architectures are selected.",
        ValueProviderType = typeof(Choices), ValueProviderMember = nameof(Choices.RustTargets))]
    string[] RustTargets => TryGetValue(() => RustTargets) ?? [];

    [Category("Rust")]
    Target RustStd => _ => _
        .Description("Prepares Rust's standard library and an unwinder for the staged musl: rustup's library, or one made from the sources of the same version")
        .DependsOn(Stage)
        .Executes(() => Reach(nameof(RustStd)));

    [Category("Rust")]
    Target RustEnvironment => _ => _
        .Description("Writes the settings for cargo: out/rust/env.sh to source, out/rust/config.toml for --config, and variables for CI")
        .DependsOn(RustStd)
        .Executes(() => Reach(nameof(RustEnvironment)));

    [Category("Rust")]
    Target RustTest => _ => _
        .Description("Runs the tests of crates/l4re-libc in emulation: they prove that the staged libc.so is the only C library of the process")
        .DependsOn(RustEnvironment)
        .Executes(() => Reach(nameof(RustTest)));
}

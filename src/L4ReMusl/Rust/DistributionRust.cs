using L4ReMusl.Foundation.Processes;

namespace L4ReMusl.Rust;

/// <summary>
/// The Rust compiler that Debian packages for its web browsers: newer than the standard one, and with its sources as a
/// package.
/// </summary>
public static class DistributionRust
{
    /// <summary>The Debian packages that provide it.</summary>
    public static IReadOnlyList<string> Packages { get; } = ["cargo-web", "rustc-web", "rust-web-src"];

    const string Cargo = "/usr/bin/cargo";

    /// <summary>The path of its compiler.</summary>
    public const string Compiler = "/usr/bin/rustc";

    /// <summary>The toolchain; <see langword="null"/> if it or its sources are not installed.</summary>
    public static RustToolchain? FindWithSources(ToolRunner tools) =>
        Find(tools) is { } rust && SourcesOf(rust) is not null ? rust : null;

    /// <summary>Its sources; <see langword="null"/> if their package is not installed.</summary>
    public static RustLibrarySource? SourcesOf(RustToolchain rust) =>
        RustLibrarySource.In($"/usr/src/rustc-{rust.Version}", "the distribution's package of sources");

    static RustToolchain? Find(ToolRunner tools) =>
        File.Exists(Cargo) && File.Exists(Compiler) ? RustToolchain.Ask(Cargo, Compiler, tools) : null;
}

using L4ReMusl.Foundation.Processes;

namespace L4ReMusl.Rust;

/// <summary>The compiler that the distribution has for its web browsers: newer than its usual one, and with its sources as a package.</summary>
public static class DistributionRust
{
    /// <summary>The Debian packages that bring it.</summary>
    public static IReadOnlyList<string> Packages { get; } = ["cargo-web", "rustc-web", "rust-web-src"];

    const string Cargo = "/usr/bin/cargo";

    /// <summary>The path of its compiler.</summary>
    public const string Compiler = "/usr/bin/rustc";

    /// <summary>The toolchain, if its sources are there too; <see langword="null"/> otherwise.</summary>
    public static RustToolchain? FindWithSources(ToolRunner tools) => Find(tools) is { } rust && SourcesOf(rust) is not null ? rust : null;

    /// <summary>Its sources, which are a package, too; <see langword="null"/> if that is not installed.</summary>
    public static RustLibrarySource? SourcesOf(RustToolchain rust) =>
        RustLibrarySource.In($"/usr/src/rustc-{rust.Version}", "the distribution's package of sources");

    static RustToolchain? Find(ToolRunner tools) =>
        File.Exists(Cargo) && File.Exists(Compiler) ? RustToolchain.Ask(Cargo, Compiler, tools) : null;
}

using L4ReMusl.Foundation.Processes;

namespace L4ReMusl.Rust;

/// <summary>
/// The Rust compiler that Debian packages for its web browsers: newer than the standard one, and with its sources as a
/// package.
/// </summary>
/// <param name="tools">Runs it, and asks for the packages of files.</param>
/// <param name="folder">The folder under which packages install programs and sources.</param>
public sealed class DistributionRust(ToolRunner tools, string folder = "/usr")
{
    /// <summary>The Debian packages that provide it.</summary>
    public static IReadOnlyList<string> Packages { get; } = ["cargo-web", CompilerPackage, "rust-web-src"];

    const string CompilerPackage = "rustc-web";

    string Cargo => Path.Combine(folder, "bin", "cargo");

    string Compiler => Path.Combine(folder, "bin", "rustc");

    /// <summary>The toolchain; <see langword="null"/> if it or its sources are not installed.</summary>
    public RustToolchain? FindWithSources() => Find() is { } rust && SourcesOf(rust) is not null ? rust : null;

    /// <summary>The sources of a toolchain of this version; <see langword="null"/> if their package is not installed.</summary>
    public RustLibrarySource? SourcesOf(RustToolchain rust) =>
        RustLibrarySource.In(Path.Combine(folder, "src", $"rustc-{rust.Version}"), "the distribution's package of sources");

    /// <summary>Whether a toolchain is this one; Debian's standard one, whose sources are another package, is not.</summary>
    public bool Is(RustToolchain rust)
    {
        if (Find()?.Identity != rust.Identity || tools.Find("dpkg-query") is null)
            return false;
        var owner = tools.Run(new ToolInvocation("dpkg-query", "--search", Compiler)); // "PACKAGE: FILE"
        return owner.Succeeded && owner.Output.StartsWith($"{CompilerPackage}:", StringComparison.Ordinal);
    }

    RustToolchain? Find() =>
        File.Exists(Cargo) && File.Exists(Compiler) ? RustToolchain.Ask(Cargo, Compiler, tools) : null;
}

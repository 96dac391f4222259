using L4ReMusl.Foundation.Files;
using L4ReMusl.Layout;

namespace L4ReMusl.Rust;

/// <summary>The sources of the crates of this repository.</summary>
static class CrateSources
{
    /// <summary>The files that every crate of this repository depends on, with their hashes.</summary>
    /// <param name="layout">Where the crates are.</param>
    public static IEnumerable<(string Name, string Value)> Hashes(BuildLayout layout) =>
    [
        ("Cargo.toml", SourceFolder.HashOf(Path.Combine(layout.Root, "Cargo.toml"))),
        ("Cargo.lock", SourceFolder.HashOf(Path.Combine(layout.Root, "Cargo.lock"))),
        .. SourceFolder.Hashes("crates", layout.Crates),
    ];
}

namespace L4ReMusl.Rust;

/// <summary>The sources of Rust's standard library, and of the crates that it is made of.</summary>
/// <param name="Library">The folder <c>library</c> of Rust's sources.</param>
/// <param name="Vendor">The folder of the crates, as <c>cargo vendor</c> makes it.</param>
/// <param name="Origin">Where they come from, for people.</param>
public sealed record RustLibrarySource(string Library, string Vendor, string Origin)
{
    /// <summary>The file that lists the crates with their versions.</summary>
    public string LockFile => Path.Combine(Library, "Cargo.lock");

    /// <summary>The sources in a folder; <see langword="null"/> if there are none.</summary>
    /// <param name="folder">The folder that holds <c>library</c>, and <c>vendor</c> in that or beside it.</param>
    /// <param name="origin">Where they come from, for people.</param>
    public static RustLibrarySource? In(string folder, string origin)
    {
        var library = Path.Combine(folder, "library");
        var vendor = new[] { Path.Combine(library, "vendor"), Path.Combine(folder, "vendor") }.FirstOrDefault(Directory.Exists);
        return vendor is not null && File.Exists(Path.Combine(library, "Cargo.lock"))
            ? new RustLibrarySource(library, vendor, origin)
            : null;
    }
}

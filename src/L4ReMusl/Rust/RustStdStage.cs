using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Musl;
using L4ReMusl.Stages;

namespace L4ReMusl.Rust;

/// <summary>
/// Makes a sysroot for rustc with the standard library for a musl target and an unwinder that works on musl. The library is
/// the toolchain's if it has one; otherwise it is built from the sources of exactly the same version.
/// </summary>
/// <param name="layout">Where everything lies.</param>
/// <param name="target">The target.</param>
/// <param name="rust">Chooses the compiler.</param>
/// <param name="prefix">Makes the prefix, which has the function that the unwinder may lack.</param>
/// <param name="sources">Finds the sources.</param>
/// <param name="build">Builds the library.</param>
/// <param name="tools">Runs the C compiler.</param>
public sealed class RustStdStage(
    BuildLayout layout,
    RustTarget target,
    RustChoice rust,
    PrefixStage prefix,
    RustSourceStore sources,
    RustStdBuild build,
    ToolRunner tools)
    : IStage
{
    const string Recipe = "2"; // Increment when the same inputs give another library.

    /// <summary>The target.</summary>
    public RustTarget Target => target;

    /// <inheritdoc/>
    public IReadOnlyList<IStage> Needs => [prefix];

    /// <inheritdoc/>
    public string Name => $"rust-std-{target.Name}";

    /// <inheritdoc/>
    public string Output => layout.RustSysroot(target.Name);

    /// <inheritdoc/>
    public bool IsCacheable => true;

    /// <inheritdoc/>
    public bool OutlivesCode => true;

    /// <inheritdoc/>
    /// <remarks>
    /// Only one function of the prefix matters, and its inputs are listed: a new musl needs no new library.
    /// </remarks>
    public Fingerprint Inputs => field ??= new Fingerprint(
    [
        ("recipe", Recipe),
        ("rustc", rust.Toolchain.Identity),
        ("target", target.Name),
        ("C compiler", prefix.Toolchain.Identity),
        .. FindObject.Inputs,
        ("library", IsReady ? "of the toolchain" : "made"),
        ("flags of rustc", RustStdBuild.Flags),
        ("crate", RustStdBuild.Manifest),
    ]);

    PrefixLibrary FindObject => new(PrefixLibrary.FindObject, layout, prefix.Toolchain, tools);

    bool IsReady => Directory.Exists(rust.Toolchain.LibrariesFor(target.Name));

    /// <inheritdoc/>
    /// <remarks>The search for the sources decides which compiler is used.</remarks>
    public void Prepare() => rust.Settle(target);

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Make(string scratch)
    {
        var libraries = Path.Combine(scratch, "lib", "rustlib", target.Name, "lib");
        Directory.CreateDirectory(libraries);
        var origin = IsReady ? Copy(libraries) : Build(libraries, scratch + ".work");
        new Unwinder(prefix.Toolchain, tools).Write(Path.Combine(libraries, "libgcc_s.a"), FindObject, prefix.Output);
        return
        [
            new Figure("rustc", rust.Toolchain.Version),
            new Figure("library", origin),
            Figure.Size("size", FileTree.Size(scratch)),
        ];
    }

    string Copy(string libraries)
    {
        foreach (var file in Directory.EnumerateFiles(rust.Toolchain.LibrariesFor(target.Name), "*.rlib"))
            File.Copy(file, Path.Combine(libraries, Path.GetFileName(file)));
        return "of the toolchain";
    }

    string Build(string libraries, string work)
    {
        var source = sources.Find(rust.Toolchain, target.Name);
        try
        {
            build.Run(rust.Toolchain, source, target, work, libraries, layout.Log(Name));
        }
        finally
        {
            StageFolders.Discard(work);
        }

        return $"made from {source.Origin}";
    }
}

using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Musl;
using L4ReMusl.Stages;

namespace L4ReMusl.Rust;

/// <summary>
/// Makes a sysroot for rustc with the standard library for a musl target, and an unwinder that works on musl: rustup's library where
/// the toolchain has it, and otherwise one that is made from the sources of the very same version.
/// </summary>
/// <param name="layout">Where everything lies.</param>
/// <param name="target">The target.</param>
/// <param name="rust">The compiler.</param>
/// <param name="toolchain">The C compiler whose unwinder is taken.</param>
/// <param name="sources">Has the sources.</param>
/// <param name="build">Makes the library.</param>
/// <param name="tools">Runs the C compiler.</param>
public sealed class RustStdStage(
    BuildLayout layout, RustTarget target, RustToolchain rust, Toolchain toolchain, RustSourceStore sources, RustStdBuild build, ToolRunner tools) : IStage
{
    const string Recipe = "1";

    /// <summary>The target.</summary>
    public RustTarget Target => target;

    /// <inheritdoc/>
    public string Name => $"rust-std-{target.Name}";

    /// <inheritdoc/>
    public string Output => layout.RustSysroot(target.Name);

    /// <inheritdoc/>
    public bool IsCacheable => true;

    /// <inheritdoc/>
    public Fingerprint Inputs => field ??= new Fingerprint(
        ("recipe", Recipe),
        ("rustc", rust.Identity),
        ("target", target.Name),
        ("C compiler", toolchain.Identity),
        new FindObjectLibrary(layout.DlFindObject, toolchain, tools).Input,
        ("library", IsReady ? "of the toolchain" : "made"));

    bool IsReady => Directory.Exists(rust.LibrariesFor(target.Name));

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Make(string scratch)
    {
        var libraries = Path.Combine(scratch, "lib", "rustlib", target.Name, "lib");
        Directory.CreateDirectory(libraries);
        var origin = IsReady ? Copy(libraries) : Build(libraries, scratch + ".work");
        new Unwinder(toolchain, tools).Write(Path.Combine(libraries, "libgcc_s.a"), layout);
        return [new Figure("rustc", rust.Version), new Figure("library", origin), Figure.Size("size", FileTree.Size(scratch))];
    }

    string Copy(string libraries)
    {
        foreach (var file in Directory.EnumerateFiles(rust.LibrariesFor(target.Name), "*.rlib"))
            File.Copy(file, Path.Combine(libraries, Path.GetFileName(file)));
        return "of the toolchain";
    }

    string Build(string libraries, string work)
    {
        var source = sources.Find(rust, target.Name);
        try
        {
            build.Run(rust, source, target, work, libraries, layout.Log(Name));
        }
        finally
        {
            StageFolders.Discard(work);
        }

        return $"made from {source.Origin}";
    }
}

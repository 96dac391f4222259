using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Layout;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Musl;
using L4ReMusl.Stages;

namespace L4ReMusl.Cxx;

/// <summary>
/// Makes the standard library of C++ for one architecture: headers and static libraries, laid out as in a prefix. It is made
/// before the prefix that it becomes a part of.
/// </summary>
/// <param name="layout">Where everything lies.</param>
/// <param name="variant">What is built, and where the result goes.</param>
/// <param name="compiled">Compiles musl.</param>
/// <param name="toolchain">The compiler.</param>
/// <param name="sources">Finds the sources, if they are needed.</param>
/// <param name="build">Builds it.</param>
public sealed class CxxLibraryStage(
    BuildLayout layout,
    CxxVariant variant,
    MuslCompileStage compiled,
    Toolchain toolchain,
    CxxSourceStore sources,
    CxxLibraryBuild build) : Stage(compiled)
{
    const string Recipe = "1"; // Increment when the same inputs give another library.

    /// <inheritdoc/>
    public override string Name => $"libstdcxx-{variant.Name}{toolchain.Architecture.Name}";

    /// <inheritdoc/>
    public override string Output => variant.Output;

    /// <inheritdoc/>
    public override bool IsCacheable => true;

    /// <inheritdoc/>
    public override bool OutlivesCode => true;

    /// <inheritdoc/>
    /// <remarks>The number of GCC's version stands for the sources: a release has one archive.</remarks>
    protected override IEnumerable<(string Name, string Value)> OwnInputs =>
    [
        ("recipe", Recipe),
        ("compiler", toolchain.Identity),
        ("GCC's sources", toolchain.Number),
        ("configure", string.Join(' ', CxxLibraryBuild.Options(toolchain.Architecture, variant))),
        ("flags", variant.Flags),
        ("shared libraries", variant.HasShared ? SharedCxx.Inputs : "none"),
        GccSpecs.Input,
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Make(string scratch)
    {
        var source = sources.Find(toolchain);
        using (var work = WorkFolder.Beside(scratch))
            build.Run(toolchain, variant, source, compiled, work.Path, scratch, layout.Log(Name));
        return
        [
            new Figure("version", toolchain.Number),
            Figure.Size("libstdc++.a", new FileInfo(Path.Combine(scratch, CxxFiles.Library)).Length),
            new Figure("headers", $"{FileTree.List(Path.Combine(scratch, CxxFiles.Headers)).Count(entry => entry.IsFile)}"),
        ];
    }
}

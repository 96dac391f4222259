using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Stages;

namespace L4ReMusl.Musl;

/// <summary>Makes the folder of musl's debug symbols, laid out as debuggers search it below a root file system.</summary>
/// <param name="layout">Where everything lies.</param>
/// <param name="architecture">The architecture.</param>
/// <param name="compiled">Compiles musl, and keeps the symbols.</param>
public sealed class DebugSymbolsStage(BuildLayout layout, Architecture architecture, MuslCompileStage compiled) : Stage(compiled)
{
    /// <inheritdoc/>
    public override string Name => $"debug-{architecture.Name}";

    /// <inheritdoc/>
    public override string Output => layout.DebugSymbols(architecture);

    /// <inheritdoc/>
    public override bool IsCacheable => true;

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> OwnInputs => [];

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Make(string scratch)
    {
        FileTree.Copy(Path.Combine(compiled.Output, DebugSymbols.Folder), Path.Combine(scratch, "usr", "lib", "debug"));
        foreach (var folder in FileTree.List(scratch).Where(entry => entry.IsFolder))
            File.SetUnixFileMode(Path.Combine(scratch, folder.Path), FileModes.Program);
        File.SetUnixFileMode(scratch, FileModes.Program);
        return [Figure.Size("size", FileTree.Size(scratch))];
    }
}

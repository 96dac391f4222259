using L4ReMusl.Foundation.Files;
using L4ReMusl.Machines;
using L4ReMusl.Musl;

namespace L4ReMusl.Backend;

/// <summary>
/// What <c>linux-run</c> is compiled from: its own sources, and those of the backend for L4Re once more, as one that serves many
/// processes (common/process.h).
/// </summary>
/// <param name="folder">Its own sources, beside those of the backends. All names are relative to it, so that no path of this
/// machine gets into the program.</param>
/// <param name="architecture">The architecture.</param>
public sealed class LinuxRunSources(string folder, Architecture architecture)
{
    // Of the backend, start.S is in every program, and the others are replaced by the personality's events.c.
    static readonly string[] LeftOut = ["start.S", "watcher.c", "signal_entry.S"];

    static readonly string Backends = Path.Combine("..", "backend");

    static readonly string Backend = Path.Combine(Backends, Flavour.L4Re.Name);

    /// <summary>The folder in which the compiler runs.</summary>
    public string Folder => folder;

    /// <summary>The compiler's options, but for those that say where L4Re's headers and the prefix's own are.</summary>
    public IEnumerable<string> Options =>
        [.. BackendLibrary.FlagsFor(architecture), "-DPROCESSES", "-I.", "-I", MachineFolder, "-I", Backends, "-I", Backend];

    /// <summary>The files.</summary>
    public IEnumerable<string> Files =>
    [
        .. In(""), .. In(MachineFolder), .. In(Path.Combine(Backends, BackendLibrary.CommonFolder)),
        .. In(Backend).Where(file => !LeftOut.Contains(Path.GetFileName(file))),
    ];

    string MachineFolder => Path.Combine("arch", architecture.Name);

    IEnumerable<string> In(string part) => FileTree
        .List(Path.Combine(folder, part))
        .Where(entry => entry.IsFile && !entry.Path.Contains('/', StringComparison.Ordinal))
        .Where(entry => Path.GetExtension(entry.Path) is ".c" or ".S")
        .Select(entry => Path.Combine(part, entry.Path));
}

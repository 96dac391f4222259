using System.Text.RegularExpressions;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Sources;
using L4ReMusl.Stages;
using Serilog;

namespace L4ReMusl.Rust;

/// <summary>Provides the sources of a compiler's standard library, which must have exactly the compiler's version.</summary>
/// <param name="cache">The folder in which they are kept.</param>
/// <param name="distribution">Finds them among Debian's packages.</param>
/// <param name="archive">Finds them in Debian's archive.</param>
/// <param name="fetcher">Downloads them.</param>
/// <param name="tools">Runs <c>xz</c> and <c>tar</c>.</param>
/// <param name="display">Shows progress.</param>
/// <param name="log">Receives what is fetched.</param>
public sealed partial class RustSourceStore(
    string cache,
    DistributionRust distribution,
    RustSourceArchive archive,
    ArchiveFetcher fetcher,
    ToolRunner tools,
    ProgressDisplay display,
    ILogger log)
{
    readonly Lock gate = new();

    const string Decompress = "exec xz --decompress --threads=0 --stdout -- \"$1\" > \"$2\"";

    /// <summary>
    /// Finds the sources: with the compiler, among Debian's packages, in the cache, or in Debian's archive.
    /// </summary>
    /// <exception cref="RustSourceMissingException">They were not found anywhere; the message names the remedies.</exception>
    public RustLibrarySource Find(RustToolchain toolchain, string target)
    {
        lock (gate) // The libraries for several targets have the same sources.
            return FindHere(toolchain) ?? Fetch(toolchain, target, KeptFor(toolchain));
    }

    /// <summary>
    /// The same without using the network: with the compiler, among Debian's packages, or in the cache; otherwise
    /// <see langword="null"/>.
    /// </summary>
    public RustLibrarySource? FindHere(RustToolchain toolchain) =>
        RustLibrarySource.In(Path.Combine(toolchain.Sysroot, "lib", "rustlib", "src", "rust"), "rust-src of the toolchain")
        ?? distribution.SourcesOf(toolchain)
        ?? RustLibrarySource.In(KeptFor(toolchain), "the cache");

    string KeptFor(RustToolchain toolchain) => Path.Combine(cache, $"rustc-{toolchain.Version}");

    RustLibrarySource Fetch(RustToolchain toolchain, string target, string kept)
    {
        try
        {
            using var alone = OutputLock.Acquire(cache, log);
            var source = archive.Find(toolchain.Version);
            using var progress = display.Start(source.FileName, ProgressLine.Bytes);
            Extract(fetcher.Fetch(source, progress), kept);
            return RustLibrarySource.In(kept, "Debian's archive")
                ?? throw new BuildException($"{source.FileName} does not contain the standard library and its crates.");
        }
        catch (BuildException e)
        {
            throw new RustSourceMissingException(
                $"rustc {toolchain.Version} has no standard library for {target}, and there are no sources to build one: "
                + $"{e.Message}{Environment.NewLine}"
                + $"Use 'rustup target add {target}' or 'rustup component add rust-src'; or the distribution's compiler (Debian: "
                + $"{string.Join(' ', DistributionRust.Packages)}), with /usr/bin first in PATH.",
                e);
        }
    }

    // Only the library and its crates: the whole archive is a gigabyte. tar gets the names of the crates, because the archive has
    // hundreds of others.
    void Extract(FetchedArchive fetched, string kept)
    {
        log.Information("Unpacking the standard library of {Archive}", fetched.Archive.FileName);
        var scratch = $"{kept}.{Path.GetRandomFileName()}";
        Directory.CreateDirectory(scratch);
        try
        {
            var tar = Path.Combine(scratch, "source.tar");
            string[] unpack = ["-xf", tar, "-C", scratch, "--no-same-owner", "--strip-components=1"];
            Run("decompress", "sh", "-c", Decompress, "sh", fetched.Path, tar);
            Run("unpack", "tar", [.. unpack, "--wildcards", "*/library/*"]);
            var names = Run("list", "tar", "-tf", tar).Output.Split('\n');
            var wanted = RustLock.Crates(Path.Combine(scratch, "library", "Cargo.lock"));
            var folders = names
                .Select(name => name.Split('/'))
                .Where(parts => parts is [_, "vendor", { Length: > 0 }, ..] && wanted.Contains(NameOf(parts[2])))
                .Select(parts => string.Join('/', parts[..3]))
                .Distinct()
                .ToList();
            var list = Path.Combine(scratch, "crates");
            File.WriteAllLines(list, folders);
            Run("unpack", "tar", [.. unpack, "-T", list]);
            File.Delete(tar);
            FileTree.Delete(kept);
            Directory.Move(scratch, kept);
        }
        finally
        {
            FileTree.Delete(scratch);
        }

        // Without the version: Debian replaced some crates by newer ones, which cargo accepts.
        static string NameOf(string folder) => Version().Replace(folder, "");

        ToolResult Run(string what, string tool, params string[] arguments) =>
            tools.Run(new ToolInvocation(tool, arguments)).OrThrow($"{what} {fetched.Archive.FileName}");
    }

    // As in "wasi-0.14.4+wasi-0.2.4".
    [GeneratedRegex(@"-\d.*$")]
    private static partial Regex Version();
}

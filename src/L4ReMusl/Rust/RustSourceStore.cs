using System.Text.RegularExpressions;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Sources;
using L4ReMusl.Stages;
using Serilog;

namespace L4ReMusl.Rust;

/// <summary>Brings the sources of the standard library that belong to a compiler: they must be of its very version.</summary>
/// <param name="cache">The folder in which they are kept.</param>
/// <param name="archive">Finds them in Debian's archive.</param>
/// <param name="fetcher">Downloads them.</param>
/// <param name="tools">Runs <c>xz</c> and <c>tar</c>.</param>
/// <param name="display">Shows progress.</param>
/// <param name="log">Is told what is fetched.</param>
public sealed partial class RustSourceStore(string cache, RustSourceArchive archive, ArchiveFetcher fetcher, ToolRunner tools, ProgressDisplay display, ILogger log)
{
    /// <summary>Finds the sources: with the compiler, among Debian's packages, in the cache, or in Debian's archive.</summary>
    /// <exception cref="RustSourceMissingException">They are nowhere to be had; the message names the remedies.</exception>
    public RustLibrarySource Find(RustToolchain toolchain, string target)
    {
        var kept = Path.Combine(cache, $"rustc-{toolchain.Version}");
        return RustLibrarySource.In(Path.Combine(toolchain.Sysroot, "lib", "rustlib", "src", "rust"), "rust-src of the toolchain")
            ?? DistributionRust.SourcesOf(toolchain)
            ?? RustLibrarySource.In(kept, "the cache")
            ?? Fetch(toolchain, target, kept);
    }

    RustLibrarySource Fetch(RustToolchain toolchain, string target, string kept)
    {
        try
        {
            using var alone = OutputLock.Acquire(cache, log);
            var source = archive.Find(toolchain.Version);
            using var progress = display.Start(source.FileName, ProgressLine.Bytes);
            Extract(fetcher.Fetch(source, progress), kept);
            return RustLibrarySource.In(kept, "Debian's archive") ?? throw new BuildException($"{source.FileName} has no standard library with its crates.");
        }
        catch (BuildException e)
        {
            throw new RustSourceMissingException(
                $"There is no standard library for {target} and rustc {toolchain.Version}, and no source to make one: {e.Message}{Environment.NewLine}"
                + $"Use 'rustup target add {target}' or 'rustup component add rust-src'; or the distribution's compiler (Debian: "
                + $"{string.Join(' ', DistributionRust.Packages)}), with /usr/bin first in PATH.", e);
        }
    }

    // Only the library and its crates: all of it is a gigabyte. tar is told the crates by name, because the archive has hundreds of others.
    void Extract(FetchedArchive fetched, string kept)
    {
        log.Information("Unpacking the standard library of {Archive}", fetched.Archive.FileName);
        var scratch = $"{kept}.{Path.GetRandomFileName()}";
        Directory.CreateDirectory(scratch);
        try
        {
            var tar = Path.Combine(scratch, "source.tar");
            Run("decompress", "sh", "-c", "exec xz --decompress --threads=0 --stdout -- \"$1\" > \"$2\"", "sh", fetched.Path, tar);
            Run("unpack", "tar", "-xf", tar, "-C", scratch, "--no-same-owner", "--strip-components=1", "--wildcards", "*/library/*");
            var names = Run("list", "tar", "-tf", tar).Output.Split('\n');
            var wanted = RustLock.Crates(Path.Combine(scratch, "library", "Cargo.lock"));
            var folders = names.Select(name => name.Split('/')).Where(parts => parts is [_, "vendor", { Length: > 0 }, ..] && wanted.Contains(NameOf(parts[2])))
                .Select(parts => string.Join('/', parts[..3])).Distinct().ToList();
            File.WriteAllLines(Path.Combine(scratch, "crates"), folders);
            Run("unpack", "tar", "-xf", tar, "-C", scratch, "--no-same-owner", "--strip-components=1", "-T", Path.Combine(scratch, "crates"));
            File.Delete(tar);
            FileTree.Delete(kept);
            Directory.Move(scratch, kept);
        }
        finally
        {
            FileTree.Delete(scratch);
        }

        // In any version: Debian has replaced some by newer ones, and cargo will take those.
        static string NameOf(string folder) => Version().Replace(folder, "");

        ToolResult Run(string what, string tool, params string[] arguments) =>
            tools.Run(new ToolInvocation(tool, arguments)).OrThrow($"{what} {fetched.Archive.FileName}");
    }

    // As in "wasi-0.14.4+wasi-0.2.4".
    [GeneratedRegex(@"-\d.*$")]
    private static partial Regex Version();
}

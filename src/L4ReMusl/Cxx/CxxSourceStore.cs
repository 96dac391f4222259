using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Sources;
using L4ReMusl.Stages;
using Serilog;

namespace L4ReMusl.Cxx;

/// <summary>Provides the sources of a compiler's C++ library, which must have the compiler's version.</summary>
/// <param name="cache">The folder in which they are kept.</param>
/// <param name="host">Finds them in the host's own distribution.</param>
/// <param name="archive">Finds them in Debian's archive.</param>
/// <param name="fetcher">Downloads them.</param>
/// <param name="tools">Runs <c>dpkg-deb</c>, <c>tar</c> and <c>xz</c>.</param>
/// <param name="display">Shows progress.</param>
/// <param name="log">Receives what is fetched.</param>
public sealed class CxxSourceStore(
    string cache,
    HostCxxSources host,
    CxxSourceArchive archive,
    ArchiveFetcher fetcher,
    ToolRunner tools,
    ProgressDisplay display,
    ILogger log)
{
    // What the library's configure script and makefiles use of GCC's sources.
    static readonly string[] Parts =
    [
        "libstdc++-v3", "libgcc", "libiberty", "libbacktrace", "include", "config", "gcc/BASE-VER", "gcc/DATESTAMP",
        "config.guess", "config.sub", "config-ml.in", "install-sh", "ltmain.sh", "missing", "mkinstalldirs", "move-if-change",
        "COPYING3", "COPYING.RUNTIME",
    ];

    // The package has nothing but one archive with upstream's sources, and Debian's changes to the compiler.
    const string Unpack =
        """
        case $1 in
            *.deb) dpkg-deb --fsys-tarfile "$1" | tar -x -O --wildcards './usr/src/gcc-*/gcc-*.tar.xz' ;;
            *) cat "$1" ;;
        esac | xz --decompress --stdout \
            | (cd "$2" && shift 2 && tar -x --no-same-owner --strip-components=1 --wildcards --no-wildcards-match-slash "$@")
        """;

    readonly Lock gate = new();

    /// <summary>Finds the sources: in the cache, in the host's own distribution, or in Debian's archive.</summary>
    /// <param name="toolchain">The compiler.</param>
    /// <returns>Their folder, laid out as in GCC's sources.</returns>
    /// <exception cref="BuildException">They were not found anywhere; the message names the remedies.</exception>
    public string Find(Toolchain toolchain)
    {
        // Another version of this build may unpack other parts.
        var parts = Fingerprint.Sha256(string.Join(' ', Parts))[..8];
        var kept = Path.Combine(cache, $"gcc-{toolchain.Number}-{parts}");
        lock (gate) // The libraries for several architectures have the same sources.
        {
            if (!Directory.Exists(kept))
                Fetch(toolchain, kept);
            return kept;
        }
    }

    void Fetch(Toolchain toolchain, string kept)
    {
        try
        {
            using var alone = OutputLock.Acquire(cache, log);
            if (Directory.Exists(kept))
                return; // Another build has just fetched them.
            if (host.FindInstalled(toolchain.Number) is { } installed)
                Extract(installed, kept);
            else if (!FetchFromHost(toolchain, kept))
                FetchFromDebian(toolchain, kept);
        }
        catch (BuildException e)
        {
            var package = toolchain.Architecture.CxxPackage is { } name ? $" (Debian: {name})" : "";
            throw new BuildException(
                $"The C++ library for '{toolchain.Tool("g++")}' must be built from the sources of GCC {toolchain.Number}, which "
                + $"are not there: {e.Message}{Environment.NewLine}"
                + $"Install {CxxSourceArchive.PackageOf(toolchain.Number)} of that version, use the distribution's "
                + $"compiler{package}, or leave {Musl.Language.Cxx} out of --languages.",
                e);
        }
    }

    bool FetchFromHost(Toolchain toolchain, string kept)
    {
        var scratch = Directory.CreateDirectory($"{kept}.{Path.GetRandomFileName()}").FullName;
        try
        {
            if (host.Download(toolchain.Number, scratch) is not { } package)
                return false;
            Extract(package, kept);
            return true;
        }
        finally
        {
            FileTree.Delete(scratch);
        }
    }

    void FetchFromDebian(Toolchain toolchain, string kept)
    {
        var source = archive.Find(toolchain.Number);
        using var progress = display.Start(source.FileName, ProgressLine.Bytes);
        Extract(fetcher.Fetch(source, progress).Path, kept);
    }

    void Extract(string file, string kept)
    {
        var name = Path.GetFileName(file);
        log.Information("Unpacking the C++ library of {Archive}", name);
        var scratch = Directory.CreateDirectory($"{kept}.{Path.GetRandomFileName()}").FullName;
        try
        {
            string[] exclude = ["--exclude=*/libstdc++-v3/testsuite"];
            tools.Run(new ToolInvocation(
                "sh", ["-c", Unpack, "sh", file, scratch, .. exclude, .. Parts.Select(part => $"*/{part}")]))
                .OrThrow($"unpack {name}");
            // The configure script wants to make the tests' makefile, which would be half of the files.
            FileModes.WriteFile(Path.Combine(scratch, "libstdc++-v3", "testsuite", "Makefile.in"), "all install:\n");
            // GCC's own build makes this link. Without it, the library has no threads.
            File.CreateSymbolicLink(Path.Combine(scratch, "libgcc", "gthr-default.h"), "gthr-posix.h");
            Directory.Move(scratch, kept);
        }
        finally
        {
            FileTree.Delete(scratch);
        }
    }
}

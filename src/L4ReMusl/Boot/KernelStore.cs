using System.Globalization;
using L4ReMusl.Debian;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Text;
using L4ReMusl.Machines;
using L4ReMusl.Sources;
using L4ReMusl.Stages;
using Serilog;

namespace L4ReMusl.Boot;

/// <summary>
/// Debian's kernels in the user's cache: those that the repository locks. Where nobody has one of them any more, or none is
/// locked, the newest that Debian has signed is found once, and then is the same until the user asks for newer ones.
/// </summary>
/// <param name="cache">The folder of the cache, with a folder per suite and architecture.</param>
/// <param name="locked">Downloads locked kernels.</param>
/// <param name="mirrors">The mirrors of Debian's archive.</param>
/// <param name="isOffline">Whether the network must not be used.</param>
/// <param name="isUpdate">Whether newer kernels are requested, which are then locked.</param>
/// <param name="tools">Runs apt.</param>
/// <param name="log">Reports what is fetched and why.</param>
/// <param name="keyring">The trusted public keys.</param>
public sealed class KernelStore(
    string cache,
    LockedKernels locked,
    DebianMirrors mirrors,
    bool isOffline,
    bool isUpdate,
    ToolRunner tools,
    ILogger log,
    string keyring = DebianApt.DebianKeyring)
{
    readonly HashSet<string> fetched = [];
    readonly Lock gate = new();

    /// <summary>The kernel to use, found without using the network.</summary>
    /// <exception cref="BuildException">No run has found one yet, or a newer one is requested.</exception>
    public KernelPackage Pinned(Emulation emulation)
    {
        if (isUpdate && !fetched.Contains(emulation.KernelPackage))
            throw new BuildException($"'--update-kernels' asks for the newest {emulation.KernelPackage}");
        return ReadRecord(emulation) ?? locked.Find(emulation)
            ?? throw new BuildException($"{emulation.KernelPackage} has not been fetched yet");
    }

    /// <summary>The file of a kernel's package.</summary>
    public string FileOf(KernelPackage kernel) => Path.Combine(FolderOf(kernel.Suite, kernel.Architecture), kernel.FileName);

    /// <summary>Makes sure that the kernel for an architecture is in the cache and matches the signed index.</summary>
    /// <exception cref="BuildException">It cannot be fetched.</exception>
    public KernelPackage Fetch(Emulation emulation)
    {
        lock (gate)
            return FetchAlone(emulation);
    }

    KernelPackage FetchAlone(Emulation emulation)
    {
        var folder = FolderOf(emulation);
        if (!isUpdate && ReadRecord(emulation) is { } known && IsGood(known))
        {
            if (known.InsteadOf is not null)
                log.Warning(LockedKernels.StandIn, known.Name, known.Version, locked.Find(emulation)?.Version);
            return known; // Without a lock on the cache: this user may not be allowed to write to it.
        }

        using var alone = OutputLock.Acquire(folder, log);
        if (!isUpdate && locked.Find(emulation) is { } wanted && (IsGood(wanted) || locked.Fetch(wanted, folder)))
        {
            wanted.Write(RecordOf(emulation));
            return wanted;
        }

        var apt = new DebianApt(folder, emulation.DebianArchitecture, keyring, tools);
        var kernel = isUpdate && !fetched.Contains(emulation.KernelPackage) ? null : ReadRecord(emulation);
        if (kernel is null || !IsGood(kernel))
        {
            if (isOffline)
            {
                throw new BuildException(
                    $"The kernel {kernel?.Name ?? emulation.KernelPackage} for {emulation.DebianArchitecture} is not in the "
                    + $"cache {folder}, and the build is offline. Run it once without --offline, "
                    + "or copy that folder from a machine that has it.");
            }

            kernel ??= Resolve(emulation, apt);
            Download(kernel, apt);
            kernel.Write(RecordOf(emulation));
            if (isUpdate)
                RemoveOthers(folder, kernel);
            Report(kernel, locked.Find(emulation));
        }

        fetched.Add(emulation.KernelPackage);
        return kernel;
    }

    KernelPackage Resolve(Emulation emulation, DebianApt apt)
    {
        var (suite, architecture, package) = emulation.Kernel;
        log.Information("Looking for {Package} in Debian's {Suite}", package, suite);
        UpdateIndex(suite, architecture, apt);
        // The package depends on nothing but the kernel: "linux-image-6.1.0-50-cloud-arm64 (= 6.1.176-1)".
        var name = apt.Show(package)["Depends"].Split([' ', ','], 2)[0];
        var found = apt.Show(name);
        // The snapshots take a state of the archive some time after it was made.
        var time = (apt.IndexDate ?? DateTimeOffset.UtcNow).AddDays(1).UtcDateTime;
        return new KernelPackage(
            package, name, found["Version"], architecture, suite, found["Filename"],
            long.Parse(found["Size"], CultureInfo.InvariantCulture), found["SHA256"], apt.IndexSha256!,
            time.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture))
        {
            InsteadOf = isUpdate ? null : locked.Find(emulation)?.Sha256,
        };
    }

    void Report(KernelPackage kernel, KernelPackage? before)
    {
        if (isUpdate)
            locked.Replace(kernel, before);
        else if (before is not null)
            log.Warning(LockedKernels.StandIn, kernel.Name, kernel.Version, before.Version);
    }

    void UpdateIndex(string suite, string architecture, DebianApt apt)
    {
        var failures = new List<string>();
        if (apt.UpdateFromAny(mirrors, suite, failures))
            return;
        throw new BuildException(
            $"Debian's signed index of {suite} for {architecture} could not be fetched from "
            + (failures.Count == 0 ? "any mirror: apt on this host uses none of Debian's." : "any mirror:")
            + IndentedLines.Of(failures)
            + $"{Environment.NewLine}Name a mirror of Debian with --debian-mirror URL.");
    }

    void Download(KernelPackage kernel, DebianApt apt)
    {
        if (IsGood(kernel))
            return;
        if (apt.IndexSha256 is null)
            UpdateIndex(kernel.Suite, kernel.Architecture, apt);
        log.Information("Downloading {Package} {Version}", kernel.Name, kernel.Version);
        var scratch = Path.Combine(Path.GetDirectoryName(FileOf(kernel))!, "download");
        FileTree.Delete(scratch);
        Directory.CreateDirectory(scratch);
        try
        {
            var file = apt.Download(kernel.Name, kernel.Version, scratch);
            File.Move(file, FileOf(kernel), overwrite: true);
        }
        catch (BuildException e)
        {
            throw new BuildException(
                $"{kernel.Name} {kernel.Version} could not be downloaded: {e.Message}. If Debian has replaced it with a newer "
                + "one, use that with --update-kernels.", e);
        }
        finally
        {
            FileTree.Delete(scratch);
        }

        if (!IsGood(kernel))
        {
            throw new BuildException(
                $"The mirror's {kernel.FileName} is not the file in the signed index; "
                + "use the current one with --update-kernels.");
        }
    }

    // A damaged file is deleted, so that nothing else can use it.
    bool IsGood(KernelPackage kernel)
    {
        var file = FileOf(kernel);
        if (!File.Exists(file))
            return false;
        var actual = Fingerprint.Sha256OfFile(file);
        if (actual == kernel.Sha256)
            return true;
        log.Warning(
            "{File} is damaged and was deleted: its SHA-256 is {Actual}, expected {Expected}", file, actual, kernel.Sha256);
        File.Delete(file);
        return false;
    }

    static void RemoveOthers(string folder, KernelPackage kernel)
    {
        foreach (var old in Directory.EnumerateFiles(folder, "*.deb").Where(file => Path.GetFileName(file) != kernel.FileName))
            File.Delete(old);
    }

    string FolderOf(Emulation emulation) => FolderOf(emulation.Kernel.Suite, emulation.Kernel.Architecture);

    string FolderOf(string suite, string architecture) => Path.Combine(cache, $"{suite}-{architecture}");

    string RecordOf(Emulation emulation) => Path.Combine(FolderOf(emulation), "kernel.json");

    // What an earlier run found, if that is the locked kernel, or may stand in for it.
    KernelPackage? ReadRecord(Emulation emulation)
    {
        var record = KernelPackage.Read(RecordOf(emulation), emulation.KernelPackage);
        return locked.Find(emulation) is { } wanted && record is not null && !fetched.Contains(emulation.KernelPackage)
            && record.Sha256 != wanted.Sha256 && (locked.IsRequired || record.InsteadOf != wanted.Sha256)
                ? null
                : record;
    }
}

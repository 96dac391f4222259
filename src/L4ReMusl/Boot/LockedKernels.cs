using L4ReMusl.Machines;
using L4ReMusl.Sources;
using Serilog;

namespace L4ReMusl.Boot;

/// <summary>Downloads the kernels that the repository locks, from mirrors of Debian or from Debian's snapshots.</summary>
/// <param name="file">Says which they are.</param>
/// <param name="fetcherInto">Makes what downloads into a folder.</param>
/// <param name="isRequired">Whether no other kernel may stand in for a locked one.</param>
/// <param name="log">Receives what is locked anew.</param>
public sealed class LockedKernels(KernelLock file, Func<string, ArchiveFetcher> fetcherInto, bool isRequired, ILogger log)
{
    /// <summary>The warning that a boot set is not the one that the repository describes.</summary>
    public const string StandIn = "{Kernel} {Version} stands in for the locked version {Locked}, which no mirror has: "
        + "this boot set is not the same as on other machines. --locked makes that an error, --update-kernels locks the newest";

    /// <summary>Whether no other kernel may stand in for a locked one.</summary>
    public bool IsRequired => isRequired;

    /// <summary>The locked kernel for an architecture; <see langword="null"/> if there is none.</summary>
    /// <exception cref="BuildException">The file is wrong.</exception>
    public KernelPackage? Find(Emulation emulation) => file.Find(emulation.Kernel);

    /// <summary>Downloads a locked kernel.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="folder">The folder to put it into.</param>
    /// <returns>Whether some place had it; if no other may stand in for it, that is an error.</returns>
    /// <exception cref="BuildException">No place has it, and no other may stand in for it.</exception>
    public bool Fetch(KernelPackage kernel, string folder)
    {
        try
        {
            log.Information("Downloading {Package} {Version}", kernel.Name, kernel.Version);
            fetcherInto(folder).Fetch(file.ArchiveOf(kernel));
            return true;
        }
        catch (BuildException e) when (!isRequired)
        {
            log.Warning("The locked {Kernel} {Version} cannot be had: {Reason}", kernel.Name, kernel.Version, e.Message);
            return false;
        }
        catch (BuildException e)
        {
            throw new BuildException(
                $"{kernel.Name} {kernel.Version}, which {file.Path} locks, cannot be had, and --locked allows no other: "
                + e.Message,
                e);
        }
    }

    /// <summary>Locks another kernel, and says what changed.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="before">The one before; <see langword="null"/> if there was none.</param>
    /// <exception cref="BuildException">The file cannot be written.</exception>
    public void Replace(KernelPackage kernel, KernelPackage? before)
    {
        if (before?.Sha256 == kernel.Sha256)
        {
            log.Information("{Kernel} {Version} is locked already, and is still the newest", kernel.Name, kernel.Version);
            return;
        }

        file.Replace(kernel);
        log.Information(
            "{File} locks {Kernel} {Version} instead of {Before}",
            file.Path, kernel.Name, kernel.Version, before is null ? "none" : $"{before.Name} {before.Version}");
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Text;
using L4ReMusl.Sources;

namespace L4ReMusl.Boot;

/// <summary>The file that says which kernels boot sets get, so that they are the same on all machines.</summary>
/// <param name="path">The file; without it, nothing is locked.</param>
/// <param name="snapshots">The service that keeps every state of Debian's archive, in a folder for each.</param>
public sealed partial class KernelLock(string path, string snapshots = DebianSnapshots.Address)
{
    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>The locked kernels.</summary>
    /// <exception cref="BuildException">The file cannot be read, or something in it is wrong.</exception>
    public IReadOnlyList<KernelPackage> Kernels => field ??= Read();

    /// <summary>The locked kernel for a request; <see langword="null"/> if there is none.</summary>
    /// <param name="kernel">The request.</param>
    /// <exception cref="BuildException">The file cannot be read, or something in it is wrong.</exception>
    public KernelPackage? Find(Machines.DebianKernel kernel) => Kernels.FirstOrDefault(locked =>
        locked.Requested == kernel.Package && locked.Architecture == kernel.Architecture && locked.Suite == kernel.Suite);

    /// <summary>Where a locked kernel can be had: from mirrors and, when those have deleted it, from the snapshots.</summary>
    public SourceArchive ArchiveOf(KernelPackage kernel) => new(
        kernel.Name, kernel.Version, default, kernel.FileName, kernel.Size, kernel.Sha256, "", [], kernel.Path, null)
    {
        LastUrls = [DebianSnapshots.UrlOf(kernel.Snapshot, kernel.Path, snapshots)],
    };

    /// <summary>Puts a kernel in the place of the one for the same request.</summary>
    /// <exception cref="BuildException">The file cannot be written.</exception>
    public void Replace(KernelPackage kernel)
    {
        bool IsOther(KernelPackage other) =>
            (other.Requested, other.Architecture, other.Suite) != (kernel.Requested, kernel.Architecture, kernel.Suite);
        var all = new KernelLockFile(
            [.. Read().Where(IsOther).Append(kernel).OrderBy(one => one.Architecture, StringComparer.Ordinal)]);
        try
        {
            AtomicFile.Write(
                path, [.. JsonSerializer.SerializeToUtf8Bytes(all, KernelLockJson.Default.KernelLockFile), (byte)'\n']);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BuildException($"The kernel cannot be locked in {path}: {e.Message}", e);
        }
    }

    IReadOnlyList<KernelPackage> Read() => File.Exists(path)
        ? JsonRecord.ReadList(path, "kernels", "a kernel", "locked kernels", "does not lock kernels", Kernel)
        : [];

    KernelPackage Kernel(JsonRecord record)
    {
        var kernel = new KernelPackage(
            record.Text("requested"), record.Text("name"), record.Text("version"), record.Text("architecture"),
            record.Text("suite"), record.Text("path"), record.Number("size"), record.Text("sha256"), record.Text("indexSha256"),
            record.Text("snapshot"));
        record.Finish();
        if (!InPool().IsMatch(kernel.Path) || kernel.Path.Split('/').Contains(".."))
            throw Wrong("path", kernel.Path, "a path in Debian's archive, as in pool/main/l/linux/linux-image.deb");
        if (!Digest().IsMatch(kernel.Sha256))
            throw Wrong("sha256", kernel.Sha256, "64 lower-case hexadecimal digits");
        if (!DebianSnapshots.IsTime(kernel.Snapshot))
            throw Wrong("snapshot", kernel.Snapshot, "a time such as 20261130T000000Z");
        return kernel;

        BuildException Wrong(string name, string value, string right) =>
            new($"{path}: the {name} '{value}' of {kernel.Name} must be {right}.");
    }

    [GeneratedRegex(@"^pool/\S+\.deb$")]
    private static partial Regex InPool();

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Digest();
}

/// <summary>The content of the file.</summary>
sealed record KernelLockFile(IReadOnlyList<KernelPackage> Kernels);

[JsonSerializable(typeof(KernelLockFile))]
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
sealed partial class KernelLockJson : JsonSerializerContext;

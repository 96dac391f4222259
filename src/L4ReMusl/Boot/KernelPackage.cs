using System.Text.Json.Serialization;
using L4ReMusl.Foundation.Files;

namespace L4ReMusl.Boot;

/// <summary>The kernel that was found for an architecture, and the hashes that prove that it is Debian's.</summary>
/// <param name="Requested">The package that was requested, which depends on the current kernel.</param>
/// <param name="Name">The package of that kernel.</param>
/// <param name="Version">Its version.</param>
/// <param name="Architecture">Debian's name of its architecture.</param>
/// <param name="Suite">The suite in which it was found.</param>
/// <param name="Path">The path of its file in Debian's archive.</param>
/// <param name="Size">The size of that file in bytes.</param>
/// <param name="Sha256">SHA-256 of that file, from the signed index.</param>
/// <param name="IndexSha256">SHA-256 of the signed index itself (<c>InRelease</c>).</param>
/// <param name="Snapshot">
/// A time at which Debian's archive had the file, as snapshot.debian.org writes it: <c>20261130T000000Z</c>.
/// </param>
public sealed record KernelPackage(
    string Requested,
    string Name,
    string Version,
    string Architecture,
    string Suite,
    string Path,
    long Size,
    string Sha256,
    string IndexSha256,
    string Snapshot)
{
    /// <summary>
    /// SHA-256 of the locked package that this one stands in for, because nobody had that one; <see langword="null"/> if it is
    /// the locked one, or none was locked.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? InsteadOf { get; init; }

    /// <summary>The name of its file.</summary>
    [JsonIgnore]
    public string FileName => System.IO.Path.GetFileName(Path);

    /// <summary>Reads the record of an earlier run.</summary>
    /// <returns>
    /// The record; <see langword="null"/> if there is none, it is for another package, or it is damaged, so that the kernel must
    /// be looked up again.
    /// </returns>
    public static KernelPackage? Read(string path, string requested)
    {
        var record = JsonFile.Read(path, KernelJson.Default.KernelPackage);
        return record?.Requested == requested && record.IsWhole ? record : null;
    }

    /// <summary>Writes the record, whole or not at all.</summary>
    public void Write(string path) => JsonFile.Write(path, this, KernelJson.Default.KernelPackage);

    // The deserialiser leaves missing fields null.
    bool IsWhole => !new[] { Name, Version, Architecture, Suite, Path, Sha256, IndexSha256, Snapshot }.Any(string.IsNullOrEmpty)
        && Size > 0;
}

[JsonSerializable(typeof(KernelPackage))]
[JsonSourceGenerationOptions(WriteIndented = true)]
sealed partial class KernelJson : JsonSerializerContext;

using L4ReMusl.Foundation.Text;

namespace L4ReMusl.Sources;

/// <summary>Reads the description of a source archive.</summary>
static class ArchiveRecord
{
    /// <summary>Reads and checks an archive's record.</summary>
    /// <param name="path">The file that contains it, for messages.</param>
    /// <param name="record">The record.</param>
    /// <exception cref="BuildException">A field is missing, unknown or of the wrong type, or its value is not valid.</exception>
    public static SourceArchive Read(string path, JsonRecord record)
    {
        var archive = new SourceArchive(
            record.Text("name"),
            record.Text("version"),
            record.Day("released"),
            record.Text("fileName"),
            record.Number("size"),
            record.Text("sha256"),
            record.Text("topFolder"),
            record.Texts("urls"),
            record.TextOrNull("debianPool"),
            record.IsNull("signature") ? null : Signature(record.Object("signature", "a signature")));
        var snapshot = record.Has("debianSnapshot") ? record.Text("debianSnapshot") : null;
        record.Finish();
        Check(path, archive);
        return snapshot is null ? archive : WithSnapshot(path, archive, snapshot);
    }

    static SourceArchive WithSnapshot(string path, SourceArchive archive, string time)
    {
        if (archive.DebianPool is not { } pool || !DebianSnapshots.IsTime(time))
        {
            throw new BuildException(
                $"{path}: 'debianSnapshot' of {archive.Name} {archive.Version} is '{time}', but it must be a time at which "
                + "Debian had the file in 'debianPool', such as 20261130T000000Z.");
        }

        return archive with { LastUrls = [DebianSnapshots.UrlOf(time, pool)] };
    }

    static SourceSignature Signature(JsonRecord record)
    {
        var signature = new SourceSignature(record.Text("suffix"), record.Text("keyFile"), record.Text("fingerprint"));
        record.Finish();
        return signature;
    }

    static void Check(string path, SourceArchive archive)
    {
        Demand(IsPlainName(archive.FileName), "fileName", archive.FileName, "be a file name without a folder");
        Demand(IsPlainName(archive.TopFolder), "topFolder", archive.TopFolder, "be a folder name without a slash");
        Demand(archive.Size > 0, "size", archive.Size, "be the archive's size in bytes");
        Demand(IsHex(archive.Sha256, 64, "0123456789abcdef"), "sha256", archive.Sha256, "be 64 lower-case hexadecimal digits");
        foreach (var url in archive.Urls)
            Demand(ArchiveLocation.IsWeb(url), "urls", url, "be http or https URLs");
        if (archive.Signature is { } signature)
        {
            Demand(
                IsHex(signature.Fingerprint, 40, "0123456789ABCDEF"),
                "fingerprint",
                signature.Fingerprint,
                "be 40 upper-case hexadecimal digits");
            Demand(IsPlainName(signature.KeyFile), "keyFile", signature.KeyFile, "be a file name without a folder");
            Demand(
                signature.Suffix.StartsWith('.') && IsPlainName(signature.Suffix),
                "suffix",
                signature.Suffix,
                "begin with a dot");
        }

        void Demand(bool isMet, string field, object value, string rule)
        {
            if (!isMet)
            {
                throw new BuildException(
                    $"{path}: '{field}' of {archive.Name} {archive.Version} is '{value}', but it must {rule}.");
            }
        }
    }

    static bool IsPlainName(string name) =>
        name.Length > 0 && name is not ("." or "..") && !name.Contains('/', StringComparison.Ordinal);

    // Not a regular expression, because loading those takes longer than the rest of a fetch from the cache.
    static bool IsHex(string text, int length, string digits) =>
        text.Length == length && !text.AsSpan().ContainsAnyExcept(digits);
}

using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;

namespace L4ReMusl.Sources;

/// <summary>Checks detached OpenPGP signatures with <c>gpg</c> against the keys in the repository.</summary>
/// <remarks>
/// The SHA-256 already pins the bytes of an archive. The signature ties that hash to the upstream project, which matters when
/// a version is added to the catalogue. So a host without gpg, or a mirror without the signature, is a note, not an error.
/// </remarks>
/// <param name="tools">Runs gpg.</param>
/// <param name="keysFolder">The folder of the public keys.</param>
public sealed class SignatureVerifier(ToolRunner tools, string keysFolder)
{
    const string ArmourHeader = "-----BEGIN PGP SIGNATURE-----";

    /// <summary>Whether a file looks like a signature, rather than, say, the error page of a server.</summary>
    public static bool IsSignature(string path) =>
        File.Exists(path) && File.ReadLines(path).FirstOrDefault()?.StartsWith(ArmourHeader, StringComparison.Ordinal) == true;

    /// <summary>Checks the signature of an archive once: a file beside it records that it is good.</summary>
    /// <param name="archive">The description of the archive.</param>
    /// <param name="content">The file with its bytes, whose SHA-256 is already verified.</param>
    /// <param name="signatureFile">The signature, which need not exist.</param>
    /// <returns>The note for the user (see <see cref="FetchedArchive"/>).</returns>
    /// <exception cref="BuildException">The signature is not a good one by the pinned key.</exception>
    public string Verify(SourceArchive archive, string content, string signatureFile)
    {
        if (archive.Signature is not { } signature)
            return "none upstream";
        var marker = signatureFile + ".verified";
        var verified = $"{archive.Sha256} {signature.Fingerprint}";
        var good = $"good ({signature.ShortFingerprint})";
        if (File.Exists(marker) && File.ReadAllText(marker) == verified)
            return good;
        if (!File.Exists(signatureFile))
            return "not checked: the archive's source has no signature";
        if (tools.Find("gpg") is null)
            return "not checked: no gpg";
        if (Check(signature, content, signatureFile) is { IsGood: false, Reason: var complaint })
        {
            throw new BuildException(
                $"The signature of {archive.FileName} ({signatureFile}) is not a good one by the key {signature.Fingerprint}: "
                + $"{complaint}. Delete both files from the cache, and fetch them again; if they are the same, ask upstream "
                + "before you use them.");
        }

        AtomicFile.Write(marker, verified);
        return good;
    }

    Verdict Check(SourceSignature signature, string content, string signatureFile)
    {
        var key = Path.Combine(keysFolder, signature.KeyFile);
        if (!File.Exists(key))
            throw new BuildException($"The public key {key}, which the catalogue of sources names, is missing; restore it.");
        var home = Directory.CreateTempSubdirectory("l4re-musl-gpg-"); // Mode 0700. Keeps the user's own keys out.
        try
        {
            Gpg(home, "--import", key).OrThrow($"read the public key {key}");
            var result = Gpg(home, "--status-fd", "1", "--verify", signatureFile, content);
            var status = result.Output.Split('\n')
                .Where(line => line.StartsWith("[GNUPG:] ", StringComparison.Ordinal))
                .Select(line => line.Split(' ')).ToArray();
            // The last field of VALIDSIG is the fingerprint of the primary key (GnuPG's doc/DETAILS).
            if (result.Succeeded && status.Any(words => words[1] == "VALIDSIG" && words[^1] == signature.Fingerprint))
                return Verdict.Good;
            return Verdict.Bad(status.Select(words => words[1] switch
            {
                "BADSIG" => "BAD signature, made for other bytes",
                "NO_PUBKEY" => $"made by another key ({words[^1]})",
                "VALIDSIG" => $"made by another key ({words[^1]})",
                "REVKEYSIG" => "the key is revoked",
                _ => null,
            }).FirstOrDefault(text => text is not null) ?? "gpg cannot read it");
        }
        finally
        {
            FileTree.Delete(home.FullName);
        }
    }

    ToolResult Gpg(DirectoryInfo home, params string[] arguments) =>
        tools.Run(new ToolInvocation(
            "gpg", ["--batch", "--no-tty", "--trust-model", "always", "--homedir", home.FullName, .. arguments])
        {
            Timeout = TimeSpan.FromSeconds(60),
        });
}

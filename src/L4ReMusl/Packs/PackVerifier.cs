using System.Text.Json;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Foundation.Text;
using L4ReMusl.Sboms;

namespace L4ReMusl.Packs;

/// <summary>Checks a pack, without a network: that it is whole, and by whom.</summary>
/// <param name="signature">Checks signatures.</param>
public sealed class PackVerifier(PackSignature signature)
{
    static readonly string[] WithoutSum = [Sha256Sums.FileName, PackSignature.FileName];

    /// <summary>Checks a pack.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="allowedSigners">
    /// The file that lists who may sign; <see langword="null"/> if a signature is not required.
    /// </param>
    /// <returns>What was found.</returns>
    /// <exception cref="BuildException">Something is wrong with it; all that is wrong with its files is listed.</exception>
    public IReadOnlyList<Figure> Verify(string folder, string? allowedSigners)
    {
        var sums = Path.Combine(folder, Sha256Sums.FileName);
        if (!File.Exists(sums))
            throw new BuildException($"'{folder}' is not a pack: it has no {Sha256Sums.FileName}.");
        // Who signed comes first: a list that anybody may have written says nothing about the files.
        var signer = SignerOf(folder, allowedSigners);
        var listed = Sha256Sums.Parse(File.ReadAllText(sums));
        var problems = ProblemsOf(folder, listed).ToList();
        if (problems.Count == 0)
            problems.AddRange(ProblemsOfStatement(folder, listed));
        return problems.Count == 0
            ? [new Figure("files", $"{listed.Count} intact"), new Figure("signature", signer)]
            : throw new BuildException($"The pack in '{folder}' is not as it was made:{IndentedLines.Of(problems)}");
    }

    string SignerOf(string folder, string? allowedSigners) =>
        (File.Exists(Path.Combine(folder, PackSignature.FileName)), allowedSigners) switch
        {
            (true, { } signers) => $"by {signature.Verify(folder, signers)}",
            (true, null) => $"by the key {signature.KeyOf(folder)}, whoever's it is: --allowed-signers would tell",
            (false, null) => "none",
            _ => throw new BuildException($"The pack in '{folder}' is not signed: it has no {PackSignature.FileName}."),
        };

    static IEnumerable<string> ProblemsOf(string folder, IReadOnlyList<ProductFile> listed)
    {
        foreach (var file in listed)
        {
            var path = Path.Combine(folder, file.Name);
            // A link may lead anywhere, and lead elsewhere later.
            if (new FileInfo(path) is not { Exists: true, LinkTarget: null })
                yield return $"{file.Name} is missing";
            else if (ProductFile.Of(path).Sha256 is var actual && actual != file.Sha256)
                yield return $"{file.Name} was changed: its SHA-256 is {actual}, expected {file.Sha256}";
        }

        foreach (var path in Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            if (!WithoutSum.Contains(name) && !listed.Any(file => file.Name == name))
                yield return $"{name} is in the folder, but not in {Sha256Sums.FileName}";
        }
    }

    // The statement names the same files, except itself.
    static IEnumerable<string> ProblemsOfStatement(string folder, IReadOnlyList<ProductFile> listed)
    {
        IReadOnlyList<ProductFile> subjects;
        try
        {
            subjects = SubjectsIn(Path.Combine(folder, Provenance.FileName));
        }
        catch (Exception e) when (e is JsonException or IOException or InvalidOperationException or KeyNotFoundException)
        {
            return [$"{Provenance.FileName} is not a statement of provenance: {e.Message}"];
        }

        return
        [
            .. listed.Where(file => file.Name != Provenance.FileName).Except(subjects)
                .Select(file => $"{file.Name} is not what {Provenance.FileName} is about"),
            .. subjects.Except(listed).Select(file => $"{file.Name}, which {Provenance.FileName} is about, is not in the pack"),
        ];
    }

    static IReadOnlyList<ProductFile> SubjectsIn(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        if (json.RootElement.GetProperty("predicateType").GetString() != Provenance.Statement.Slsa)
            throw new InvalidOperationException($"its predicate is not of the type {Provenance.Statement.Slsa}");
        return
        [
            .. json.RootElement.GetProperty("subject").EnumerateArray().Select(subject => new ProductFile(
                subject.GetProperty("name").GetString() ?? "",
                subject.GetProperty("digest").GetProperty("sha256").GetString() ?? "")),
        ];
    }
}

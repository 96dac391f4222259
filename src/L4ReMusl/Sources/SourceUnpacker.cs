using L4ReMusl.Foundation.Processes;

namespace L4ReMusl.Sources;

/// <summary>Unpacks fetched archives, including those that <see cref="ArchiveExtractor"/> alone cannot decompress.</summary>
/// <param name="tools">Runs <c>xz</c>.</param>
public sealed class SourceUnpacker(ToolRunner tools)
{
    /// <summary>Whether the program <c>xz</c> is needed to unpack an archive.</summary>
    public static bool NeedsXz(SourceArchive archive) =>
        archive.FileName.EndsWith(".xz", StringComparison.OrdinalIgnoreCase);

    /// <summary>Unpacks an archive without its top folder.</summary>
    /// <param name="fetched">The archive, whose SHA-256 was checked.</param>
    /// <param name="target">The folder to make; it must not exist.</param>
    /// <exception cref="BuildException">The archive is damaged, or has an entry that is refused.</exception>
    public void Unpack(FetchedArchive fetched, string target)
    {
        var archive = fetched.Archive;
        if (!NeedsXz(archive))
        {
            new ArchiveExtractor().Extract(fetched.Path, archive.TopFolder, target);
            return;
        }

        var tar = $"{target}.tar";
        const string Decompress = "exec xz --decompress --stdout -- \"$1\" > \"$2\"";
        tools.Run(new ToolInvocation("sh", "-c", Decompress, "sh", fetched.Path, tar))
            .OrThrow($"decompress {archive.FileName}");
        new ArchiveExtractor().Extract(tar, archive.TopFolder, target);
        File.Delete(tar);
    }
}

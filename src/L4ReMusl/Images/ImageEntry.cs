using L4ReMusl.Foundation.Files;

namespace L4ReMusl.Images;

/// <summary>A file, folder or link as it is recorded in an image.</summary>
/// <param name="Path">Its path, beginning with a slash; the root folder is <c>/</c>.</param>
/// <param name="Type">What it is.</param>
/// <param name="Mode">Its permission bits.</param>
/// <param name="Owner">The user id and group id, such as <c>0:0</c>.</param>
/// <param name="Time">The time of its last change, in whole seconds.</param>
/// <param name="Size">The size of a file in bytes; zero for anything else.</param>
/// <param name="Content">
/// SHA-256 of a file, in lower-case hexadecimal, the target of a link, the numbers of a device (<c>5:1</c>), or nothing for
/// a folder.
/// </param>
public sealed record ImageEntry(
    string Path, EntryType Type, UnixFileMode Mode, string Owner, DateTimeOffset Time, long Size, string Content)
{
    /// <summary>The owner of everything in an image of this build.</summary>
    public const string Root = "0:0";

    /// <summary>The permission bits that every symbolic link has.</summary>
    public const UnixFileMode LinkMode = FileModes.Link;

    /// <summary>If the format records several times: those that differ from <see cref="Time"/>, in seconds.</summary>
    public string OtherTimes { get; init; } = "";

    /// <summary>The entry as a line of a manifest.</summary>
    public MtreeEntry ForManifest() =>
        new(Path == "/" ? "." : Path[1..], Type, Mode, Size, Content) { Owner = Owner, Time = Time };

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Path} ({Type.ToString().ToLowerInvariant()}, mode {FileModes.ToOctal(Mode)}, owner {Owner}, "
        + $"time {$"{Time.ToUnixTimeSeconds()} {OtherTimes}".TrimEnd()}, size {Size}, content '{Content}')";
}

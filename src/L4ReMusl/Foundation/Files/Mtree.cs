using System.Text;

namespace L4ReMusl.Foundation.Files;

/// <summary>Writes manifests in the format of <c>mtree(5)</c>, which <c>bsdtar</c> and <c>mtree</c> read and check.</summary>
public static class Mtree
{
    /// <summary>
    /// Describes entries, in their order: type, mode, and size and SHA-256 or link target; owner and time if they are known.
    /// </summary>
    public static string Describe(IEnumerable<MtreeEntry> entries)
    {
        var text = new StringBuilder("#mtree\n");
        foreach (var entry in entries)
        {
            text.Append(entry.Path == "." ? "." : $"./{Escape(entry.Path)}");
            text.AppendJoin("", Keywords(entry).Select(keyword => $" {keyword}")).Append('\n');
        }

        return text.ToString();
    }

    static IEnumerable<string> Keywords(MtreeEntry entry)
    {
        yield return entry.Type switch
        {
            EntryType.Folder => "type=dir",
            EntryType.Link => "type=link",
            EntryType.CharacterDevice => "type=char",
            EntryType.BlockDevice => "type=block",
            _ => "type=file",
        };
        yield return $"mode={FileModes.ToOctal(entry.Mode)}";
        if (entry.Owner?.Split(':') is [var user, var group])
            yield return $"uid={user} gid={group}";
        if (entry.Time is { } time)
            yield return $"time={time.ToUnixTimeSeconds()}.0";
        if (entry.Type == EntryType.File)
            yield return $"size={entry.Size} sha256digest={entry.Content}";
        if (entry.Type is EntryType.CharacterDevice or EntryType.BlockDevice)
            yield return $"device=linux,{entry.Content.Replace(':', ',')}";
        if (entry.Type == EntryType.Link)
            yield return $"link={Escape(entry.Content)}";
    }

    // mtree(5): spaces and unprintable characters become a backslash and three octal digits.
    static string Escape(string path) => string.Concat(Encoding.UTF8.GetBytes(path).Select(b =>
        b is > 0x20 and < 0x7f and not (byte)'\\' and not (byte)'#'
            ? ((char)b).ToString()
            : "\\" + Convert.ToString(b, 8).PadLeft(3, '0')));
}

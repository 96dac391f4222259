using System.Text;
using L4ReMusl.Incremental;

namespace L4ReMusl.Staging;

/// <summary>The list of everything in a prefix, in the format of <c>mtree(5)</c>, which <c>bsdtar</c> and <c>mtree</c> read and check.</summary>
public static class PrefixManifest
{
    /// <summary>The file's name; it does not list itself.</summary>
    public const string FileName = "manifest.mtree";

    /// <summary>Describes a tree: type, mode, and size and SHA-256 or link target of each entry, sorted by path.</summary>
    public static string Describe(string root)
    {
        var text = new StringBuilder("#mtree\n");
        foreach (var entry in FileTree.List(root).Where(entry => Path.GetFileName(entry.Path) != FileName))
        {
            text.Append($"./{Escape(entry.Path)} ");
            if (entry.LinkTarget is { } target)
                text.Append($"type=link mode=0777 link={Escape(target)}\n");
            else if (entry.IsFolder)
                text.Append($"type=dir mode={FileModes.ToOctal(entry.Mode)}\n");
            else
                text.Append($"type=file mode={FileModes.ToOctal(entry.Mode)} size={entry.Length} ")
                    .Append($"sha256digest={Fingerprint.Sha256OfFile(Path.Combine(root, entry.Path))}\n");
        }

        return text.ToString();
    }

    // mtree(5): blanks and unprintable characters stand as backslash and three octal digits.
    static string Escape(string path) => string.Concat(Encoding.UTF8.GetBytes(path).Select(b =>
        b is > 0x20 and < 0x7f and not (byte)'\\' and not (byte)'#'
            ? ((char)b).ToString()
            : "\\" + Convert.ToString(b, 8).PadLeft(3, '0')));
}

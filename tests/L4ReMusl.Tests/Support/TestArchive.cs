using System.Text;
using ICSharpCode.SharpZipLib.BZip2;
using ICSharpCode.SharpZipLib.GZip;
using ICSharpCode.SharpZipLib.Tar;

namespace L4ReMusl.Tests.Support;

/// <summary>Writes good and malicious archives with SharpZipLib, whose writer checks nothing.</summary>
public sealed class TestArchive
{
    public static readonly DateTime Time = new(2024, 2, 29, 12, 0, 0, DateTimeKind.Utc);

    readonly List<(string Name, byte Type, string Link, int Mode, byte[] Content)> entries = [];

    public TestArchive File(string name, string content = "text\n", int mode = 0b110_100_100) =>
        Add(name, TarHeader.LF_NORMAL, "", mode, Encoding.UTF8.GetBytes(content));

    public TestArchive Folder(string name, int mode = 0b111_101_101) => Add(name, TarHeader.LF_DIR, "", mode, []);

    public TestArchive Link(string name, string target) => Add(name, TarHeader.LF_SYMLINK, target, 0b111_111_111, []);

    public TestArchive HardLink(string name, string target) => Add(name, TarHeader.LF_LINK, target, 0b110_100_100, []);

    public TestArchive OfType(string name, char type) => Add(name, (byte)type, "", 0b110_100_100, []);

    /// <summary>Writes the archive; the suffix selects the compression.</summary>
    public string Save(string path)
    {
        using Stream compressed = path.EndsWith(".bz2", StringComparison.Ordinal)
            ? new BZip2OutputStream(System.IO.File.Create(path))
            : new GZipOutputStream(System.IO.File.Create(path));
        using var tar = new TarOutputStream(compressed, Encoding.UTF8);
        foreach (var (name, type, link, mode, content) in entries)
        {
            var entry = TarEntry.CreateTarEntry("x");
            entry.TarHeader.Name = name;
            entry.TarHeader.TypeFlag = type;
            entry.TarHeader.LinkName = link;
            entry.TarHeader.Mode = mode;
            entry.TarHeader.Size = content.Length;
            entry.TarHeader.ModTime = Time;
            tar.PutNextEntry(entry);
            tar.Write(content);
            tar.CloseEntry();
        }

        return path;
    }

    TestArchive Add(string name, byte type, string link, int mode, byte[] content)
    {
        entries.Add((name, type, link, mode, content));
        return this;
    }
}

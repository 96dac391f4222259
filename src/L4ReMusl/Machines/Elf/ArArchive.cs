using System.Globalization;
using System.Text;

namespace L4ReMusl.Machines.Elf;

/// <summary>Reads the members of a static library.</summary>
/// <remarks>The common format of <c>ar(5)</c>: a 60-byte text header before each member, members at even offsets.</remarks>
public static class ArArchive
{
    const int HeaderSize = 60, SizeAt = 48, SizeLength = 10;

    static ReadOnlySpan<byte> Magic => "!<arch>\n"u8;

    /// <summary>Lists the contents of all members; the symbol table and the table of long names are left out.</summary>
    /// <exception cref="BuildException">The file is not an archive, or is cut short.</exception>
    public static IReadOnlyList<byte[]> Members(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (!bytes.AsSpan().StartsWith(Magic))
            throw new BuildException($"'{path}' is not a static library.");
        var members = new List<byte[]>();
        for (var at = Magic.Length; at < bytes.Length;)
        {
            if (bytes.Length - at < HeaderSize
                || !int.TryParse(bytes.AsSpan(at + SizeAt, SizeLength), NumberStyles.AllowTrailingWhite, null, out var size)
                || size > bytes.Length - at - HeaderSize)
            {
                throw new BuildException($"'{path}' is damaged or cut short at byte {at}.");
            }

            var name = Encoding.ASCII.GetString(bytes, at, 16).TrimEnd();
            at += HeaderSize;
            if (name is not ("/" or "//" or "/SYM64/"))
                members.Add(bytes[at..(at + size)]);
            at += size + size % 2;
        }

        return members;
    }
}

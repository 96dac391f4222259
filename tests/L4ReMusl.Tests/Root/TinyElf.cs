using System.Text;

namespace L4ReMusl.Tests.Root;

/// <summary>A 64-bit ELF file with only what the loader reads: interpreter, libraries, library path.</summary>
static class TinyElf
{
    const int ProgramHeaders = 64, ProgramHeaderSize = 56;

    public static byte[] Make(
        short machine = 183, string? interpreter = "/lib/ld-musl-aarch64.so.1", string? needed = null, string? runPath = null)
    {
        var texts = new MemoryStream();
        var dynamic = new List<(long Tag, long Value)>();
        var interpreterAt = interpreter is null ? 0 : Text(interpreter);
        if (needed is not null)
            dynamic.Add((1, Text(needed)));
        if (runPath is not null)
            dynamic.Add((29, Text(runPath)));

        var stringsAt = ProgramHeaders + (3 * ProgramHeaderSize);
        dynamic.AddRange([(5, stringsAt), (0, 0)]);
        var dynamicAt = stringsAt + texts.Length;
        var end = dynamicAt + (16 * dynamic.Count);

        var file = new MemoryStream();
        var writer = new BinaryWriter(file);
        writer.Write([0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        writer.Write((short)3);
        writer.Write(machine);
        writer.Write(1);
        Longs(0, ProgramHeaders, 0);
        writer.Write(0);
        foreach (var half in (short[])[64, ProgramHeaderSize, (short)(interpreter is null ? 2 : 3), 64, 0, 0])
            writer.Write(half);
        Segment(1, 0, end);
        Segment(2, dynamicAt, end - dynamicAt);
        Segment(3, stringsAt + interpreterAt, (interpreter?.Length ?? 0) + 1);
        writer.Write(texts.ToArray());
        foreach (var (tag, value) in dynamic)
            Longs(tag, value);
        return file.ToArray();

        long Text(string text)
        {
            var at = texts.Length;
            texts.Write(Encoding.ASCII.GetBytes(text + '\0'));
            return at;
        }

        void Longs(params long[] values)
        {
            foreach (var value in values)
                writer.Write(value);
        }

        void Segment(int type, long at, long size)
        {
            writer.Write(type);
            writer.Write(4);
            Longs(at, at, at, size, size, 1);
        }
    }
}

using System.Buffers.Binary;
using System.Text;

namespace L4ReMusl.Machines.Elf;

/// <summary>
/// Reads what this project's checks need from an ELF file: headers, dynamic section, dynamic symbols, ARM attributes.
/// </summary>
/// <remarks>
/// Little-endian, 32 and 64 bit. Field offsets are those of the System V ABI, chapters "Object Files" and "Program Loading".
/// ELF files are untrusted input here: every offset is checked against the file's length.
/// </remarks>
public sealed class ElfFile
{
    const uint SegmentLoad = 1, SegmentDynamic = 2, SegmentInterpreter = 3, SegmentNote = 4, SegmentStack = 0x6474e551;
    const uint FlagExecutable = 1;
    const uint SectionContents = 1, SectionSymbols = 2, SectionDynamicSymbols = 11, SectionArmAttributes = 0x70000003;
    const uint NoteBuildId = 3;
    const byte MaskVisibility = 3;
    const ulong TagNeeded = 1, TagStringTable = 5, TagSharedName = 14, TagRunPathOld = 15;
    const ulong TagTextRelocations = 22, TagRunPath = 29, TagFlags = 30;
    const ulong DynamicFlagTextRelocations = 4;

    readonly byte[] image;
    readonly string name;
    readonly bool is64;
    readonly List<Segment> segments = [];
    readonly List<Section> sections = [];
    readonly List<(ulong Tag, ulong Value)> dynamic = [];

    /// <summary>Reads an ELF file.</summary>
    /// <exception cref="BuildException">It is not a little-endian ELF file, or its tables point outside it.</exception>
    public ElfFile(string path)
        : this(File.ReadAllBytes(path), path)
    {
    }

    /// <summary>Reads an ELF image from memory.</summary>
    /// <param name="image">The bytes.</param>
    /// <param name="name">What to call it in errors.</param>
    /// <exception cref="BuildException">It is not a little-endian ELF file, or its tables point outside it.</exception>
    public ElfFile(byte[] image, string name)
    {
        this.image = image;
        this.name = name;
        if (!IsElf(image))
            throw new BuildException($"'{name}' is not an ELF file.");
        if (image.Length < 52 || image[5] != 1)
            throw new BuildException($"'{name}' is cut short, or not a little-endian ELF file.");
        is64 = image[4] == 2;
        Type = (ElfType)Half(16);
        Machine = (ElfMachine)Half(18);
        Flags = Word(is64 ? 48u : 36u);
        ReadSegments();
        ReadSections();
        ReadDynamic();
    }

    /// <summary>What the file is.</summary>
    public ElfType Type { get; }

    /// <summary>The machine it is for.</summary>
    public ElfMachine Machine { get; }

    /// <summary>The machine's own flags (<c>e_flags</c>).</summary>
    public uint Flags { get; }

    /// <summary>The dynamic loader it asks for (<c>PT_INTERP</c>), if any.</summary>
    public string? Interpreter => segments.Find(s => s.Type == SegmentInterpreter) is { } s ? Text(s.Offset) : null;

    /// <summary>Whether it has a dynamic section.</summary>
    public bool IsDynamic => dynamic.Count > 0;

    /// <summary>
    /// The number by which debuggers find its symbols, in hexadecimal digits; <see langword="null"/> if it has none.
    /// </summary>
    public string? BuildId => segments.Where(s => s.Type == SegmentNote).Select(BuildIdIn).FirstOrDefault(id => id is not null);

    /// <summary>The libraries it needs (<c>DT_NEEDED</c>).</summary>
    public IReadOnlyList<string> Needed => [.. dynamic.Where(e => e.Tag == TagNeeded).Select(e => DynamicText(e.Value))];

    /// <summary>Its own name as a library (<c>DT_SONAME</c>), if any.</summary>
    public string? SharedName => DynamicTexts(TagSharedName).FirstOrDefault();

    /// <summary>The search paths baked into it (<c>DT_RPATH</c>, <c>DT_RUNPATH</c>).</summary>
    public IReadOnlyList<string> RunPaths => [.. DynamicTexts(TagRunPathOld), .. DynamicTexts(TagRunPath)];

    /// <summary>Whether the loader must write to its code (<c>DT_TEXTREL</c>).</summary>
    public bool HasTextRelocations => dynamic.Exists(e =>
        e.Tag == TagTextRelocations || (e.Tag == TagFlags && (e.Value & DynamicFlagTextRelocations) != 0));

    /// <summary>Whether it asks for an executable stack. A linked file without <c>PT_GNU_STACK</c> does, too.</summary>
    public bool HasExecutableStack => segments.Find(s => s.Type == SegmentStack) is not { } s || (s.Flags & FlagExecutable) != 0;

    /// <summary>
    /// The floating-point calling convention of a 32-bit ARM file (<c>Tag_ABI_VFP_args</c>); <see langword="null"/> for other
    /// machines.
    /// </summary>
    public ElfFloatAbi? FloatAbi => Machine != ElfMachine.Arm
        ? null
        : sections.Find(s => s.Type == SectionArmAttributes) is { } s
            && ArmAttributes.PassesFloatsInRegisters(Slice(s.Offset, s.Size))
            ? ElfFloatAbi.Hard
            : ElfFloatAbi.Soft;

    /// <summary>The names of the symbols that other files can bind to: defined, and global or weak.</summary>
    public IReadOnlyList<string> ExportedSymbols()
    {
        if (sections.Find(s => s.Type == SectionDynamicSymbols) is not { } table)
            return [];
        var strings = sections[checked((int)table.Link)];
        var size = is64 ? 24 : 16;
        var names = new List<string>();
        for (ulong at = 0; at + (ulong)size <= table.Size; at += (ulong)size)
        {
            var symbol = table.Offset + at;
            var info = Slice(symbol + (is64 ? 4u : 12u), 1)[0];
            var section = Half(symbol + (is64 ? 6u : 14u));
            var binding = info >> 4;
            if (section != 0 && binding is 1 or 2)
                names.Add(Text(strings.Offset + Word(symbol)));
        }

        return [.. names.Order(StringComparer.Ordinal)];
    }

    /// <summary>
    /// A copy whose symbols are all visible: those that are hidden, which no file outside of a shared library would see, become
    /// symbols like others.
    /// </summary>
    public byte[] WithVisibleSymbols()
    {
        var copy = image.ToArray();
        var (size, visibility) = is64 ? (24, 5) : (16, 13);
        foreach (var table in sections.Where(section => section.Type == SectionSymbols))
        {
            var symbols = copy.AsSpan((int)table.Offset, Slice(table.Offset, table.Size).Length);
            for (var at = 0; at + size <= symbols.Length; at += size)
                symbols[at + visibility] &= unchecked((byte)~MaskVisibility);
        }

        return copy;
    }

    /// <summary>The names of the compilers that made it (section <c>.comment</c>), as far as they wrote them down.</summary>
    public IReadOnlyList<string> Comments =>
    [
        .. from names in sections.Skip(Half(is64 ? 62u : 50u)).Take(1)
           from section in sections
           where section.Type == SectionContents && Text(names.Offset + section.Name) == ".comment"
           from text in Encoding.UTF8.GetString(Slice(section.Offset, section.Size)).Split('\0')
           where text.Length > 0
           select text,
    ];

    /// <summary>Whether the bytes begin like an ELF file.</summary>
    public static bool IsElf(ReadOnlySpan<byte> bytes) => bytes.StartsWith("\u007fELF"u8);

    void ReadSegments()
    {
        var (at, size, count) = is64 ? (Long(32), Half(54), Half(56)) : (Word(28), Half(42), Half(44));
        for (var i = 0; i < count; i++, at += size)
            segments.Add(is64
                ? new Segment(Word(at), Word(at + 4), Long(at + 8), Long(at + 16), Long(at + 32))
                : new Segment(Word(at), Word(at + 24), Word(at + 4), Word(at + 8), Word(at + 16)));
    }

    void ReadSections()
    {
        var (at, size, count) = is64 ? (Long(40), Half(58), Half(60)) : (Word(32), Half(46), Half(48));
        for (var i = 0; i < count; i++, at += size)
            sections.Add(is64
                ? new Section(Word(at), Word(at + 4), Long(at + 24), Long(at + 32), Word(at + 40))
                : new Section(Word(at), Word(at + 4), Word(at + 16), Word(at + 20), Word(at + 24)));
    }

    void ReadDynamic()
    {
        if (segments.Find(s => s.Type == SegmentDynamic) is not { } segment)
            return;
        var size = is64 ? 16u : 8u;
        for (var at = segment.Offset; at + size <= segment.Offset + segment.FileSize; at += size)
        {
            var entry = is64 ? (Long(at), Long(at + 8)) : (Word(at), Word(at + 4));
            if (entry.Item1 == 0)
                break;
            dynamic.Add(entry);
        }
    }

    // Each note has the lengths of its name and content, its type, and both, padded to four bytes.
    string? BuildIdIn(Segment segment)
    {
        for (var at = segment.Offset; at + 12 <= segment.Offset + segment.FileSize;)
        {
            ulong name = Word(at), content = Word(at + 4), type = Word(at + 8), start = at + 12 + Padded(name);
            if (type == NoteBuildId && Slice(at + 12, name).SequenceEqual("GNU\0"u8))
                return Convert.ToHexStringLower(Slice(start, content));
            at = start + Padded(content);
        }

        return null;

        static ulong Padded(ulong length) => (length + 3) / 4 * 4;
    }

    IEnumerable<string> DynamicTexts(ulong tag) => dynamic.Where(e => e.Tag == tag).Select(e => DynamicText(e.Value));

    string DynamicText(ulong offset)
    {
        var table = dynamic.Find(e => e.Tag == TagStringTable).Value;
        var segment = segments.Find(s => s.Type == SegmentLoad && table >= s.Address && table < s.Address + s.FileSize)
            ?? throw new BuildException($"'{name}' is damaged: its dynamic string table lies in no segment.");
        return Text(table - segment.Address + segment.Offset + offset);
    }

    string Text(ulong at)
    {
        var rest = Slice(at, (ulong)image.Length - Math.Min(at, (ulong)image.Length));
        var end = rest.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]);
    }

    ReadOnlySpan<byte> Slice(ulong at, ulong size) => at <= (ulong)image.Length && size <= (ulong)image.Length - at
        ? image.AsSpan((int)at, (int)size)
        : throw new BuildException($"'{name}' is damaged or cut short: it refers to byte {at} and has {image.Length}.");

    ushort Half(ulong at) => BinaryPrimitives.ReadUInt16LittleEndian(Slice(at, 2));

    uint Word(ulong at) => BinaryPrimitives.ReadUInt32LittleEndian(Slice(at, 4));

    ulong Long(ulong at) => BinaryPrimitives.ReadUInt64LittleEndian(Slice(at, 8));

    sealed record Segment(uint Type, uint Flags, ulong Offset, ulong Address, ulong FileSize);

    sealed record Section(uint Name, uint Type, ulong Offset, ulong Size, uint Link);
}

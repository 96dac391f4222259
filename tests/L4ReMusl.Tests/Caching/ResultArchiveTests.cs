using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using L4ReMusl.Caching;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Stages;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Caching;

/// <summary>The archives that caches hold: what comes out is what went in, whoever wrote them.</summary>
public sealed class ResultArchiveTests : IDisposable
{
    readonly TempFolder temp = new();
    readonly Machine machine;

    public ResultArchiveTests() => machine = new Machine(Directory.CreateDirectory(temp["remote"]).FullName);

    public void Dispose()
    {
        machine.Dispose();
        temp.Dispose();
    }

    [Fact]
    public void Contents_modes_links_times_and_empty_folders_come_back()
    {
        var result = machine.NewResult();
        var deep = Path.Combine(result, string.Join('/', Enumerable.Repeat("a folder with a long name", 9)));
        Directory.CreateDirectory(deep);
        File.WriteAllText(Path.Combine(deep, "größe\nzwei"), "text");
        File.WriteAllBytes(Path.Combine(result, "secret"), new byte[300_000]);
        File.SetUnixFileMode(Path.Combine(result, "secret"), UnixFileMode.UserRead);
        File.CreateSymbolicLink(Path.Combine(result, "link"), "secret");
        File.CreateSymbolicLink(Path.Combine(deep, "dangling"), $"../nothing/{new string('x', 150)}");
        Directory.CreateDirectory(Path.Combine(result, "tmp"), FileModes.Program | (UnixFileMode)0b001_000_010_010);
        File.SetUnixFileMode(Path.Combine(result, "tmp"), FileModes.Program | (UnixFileMode)0b001_000_010_010);
        Directory.CreateDirectory(Path.Combine(result, "proc", "empty"));
        File.SetUnixFileMode(Path.Combine(result, "proc"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        foreach (var entry in FileTree.List(result).Reverse())
            File.SetLastWriteTimeUtc(Path.Combine(result, entry.Path), TestArchive.Time);
        Directory.SetLastWriteTimeUtc(result, TestArchive.Time);
        File.SetUnixFileMode(result, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Store(result);
        Restore().Should().NotBeNull();

        Describe(machine.Restored).Should().Equal(Describe(result));
        Describe(result).Should().Contain(line => line.Contains("tmp 1777", StringComparison.Ordinal));
        File.SetUnixFileMode(Path.Combine(result, "proc"), FileModes.Program);
        File.SetUnixFileMode(Path.Combine(machine.Restored, "proc"), FileModes.Program);
    }

    [Fact]
    public void A_result_may_be_a_file()
    {
        var image = temp.Write("image", "bytes");
        File.SetUnixFileMode(image, UnixFileMode.UserRead | UnixFileMode.GroupRead);

        Store(image);
        Restore().Should().NotBeNull();

        File.ReadAllText(machine.Restored).Should().Be("bytes");
        File.GetUnixFileMode(machine.Restored).Should().Be(UnixFileMode.UserRead | UnixFileMode.GroupRead);
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../outside")]
    [InlineData("folder/up/../../outside")]
    public void A_result_with_a_link_that_leads_out_is_not_kept(string target)
    {
        var result = machine.NewResult();
        Directory.CreateDirectory(Path.Combine(result, "folder"));
        File.CreateSymbolicLink(Path.Combine(result, "folder", "up"), "..");
        File.CreateSymbolicLink(Path.Combine(result, "link"), target);

        Store(result);

        Restore().Should().BeNull();
        machine.Log.Warnings.Should().ContainSingle().Which.Should().Contain("link").And.Contain("leads out");
    }

    [Fact]
    public void Links_through_other_links_and_loops_are_fine_as_long_as_they_stay_inside()
    {
        var result = machine.NewResult();
        Directory.CreateDirectory(Path.Combine(result, "usr", "bin"));
        File.CreateSymbolicLink(Path.Combine(result, "bin"), "usr/bin");
        File.CreateSymbolicLink(Path.Combine(result, "init"), "bin/../bin/busybox");
        File.CreateSymbolicLink(Path.Combine(result, "loop"), "./loop/loop");

        Store(result);

        Restore().Should().NotBeNull();
        new FileInfo(Path.Combine(machine.Restored, "init")).LinkTarget.Should().Be("bin/../bin/busybox");
    }

    public static TheoryData<string, string> Hostile => new()
    {
        { "an absolute path", "outside its folder" },
        { "a path that leads up", "outside its folder" },
        { "a file that is not in the result", "outside its folder" },
        { "an absolute link", "link that leads out" },
        { "a link that leads up", "link that leads out" },
        { "a file through a link", "without its folder" },
        { "a device", "BlockDevice" },
        { "a pipe", "Fifo" },
        { "a hard link", "HardLink" },
        { "a set-user-ID program", "set-user-ID" },
        { "a file twice", "two entries" },
        { "another file", "does not match its stamp" },
        { "a bomb", "unpacks to more than" },
        { "very many files", "more than 50000 entries" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_archive_writes_nothing_outside_and_is_not_used(string what, string reason)
    {
        using (var author = new Machine(temp["remote"], RemoteMode.ReadWrite))
            author.Make();
        var entries = Extra(what);
        AddTo(temp["remote", Machine.ObjectName], entries);

        machine.Obtain().Should().Be(StageOutcome.Made);

        machine.Content.Should().Be("good");
        machine.Log.Warnings.Should().ContainSingle().Which.Should().Contain(reason).And.Contain(temp["remote"]);
        Directory.EnumerateFileSystemEntries(temp.Path).Should().Equal(temp["remote"]);
        Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(machine.Restored)!)
            .Select(path => Path.GetFileName(path)).Should().BeEquivalentTo("cache", "restored", "result");
    }

    IEnumerable<TarEntry> Extra(string what) => what switch
    {
        "an absolute path" => [FileOf(temp["stray"])],
        "a path that leads up" => [FileOf("result/../../stray")],
        "a file that is not in the result" => [FileOf("stray")],
        "an absolute link" => [Link("result/link", "/etc/passwd")],
        "a link that leads up" => [Link("result/link", "../stray")],
        "a file through a link" => [Link("result/link", temp.Path), FileOf("result/link/stray")],
        "a device" => [new GnuTarEntry(TarEntryType.BlockDevice, "result/sda") { DeviceMajor = 8 }],
        "a pipe" => [new GnuTarEntry(TarEntryType.Fifo, "result/pipe")],
        "a hard link" => [new GnuTarEntry(TarEntryType.HardLink, "result/hard") { LinkName = "/etc/passwd" }],
        "a set-user-ID program" => [FileOf("result/su", UnixFileMode.SetUser | FileModes.Program)],
        "a file twice" => [FileOf("result/file")],
        "another file" => [FileOf("result/another")],
        "a bomb" => [FileOf("result/bomb", content: new Zeros(3L << 30))],
        "very many files" => Enumerable.Range(0, 50_000).Select(number => FileOf($"result/{number}")),
        _ => throw new ArgumentException(what),
    };

    static GnuTarEntry FileOf(string name, UnixFileMode mode = FileModes.File, Stream? content = null) =>
        new(TarEntryType.RegularFile, name) { Mode = mode, DataStream = content ?? new MemoryStream([]) };

    static GnuTarEntry Link(string name, string target) => new(TarEntryType.SymbolicLink, name) { LinkName = target };

    static void AddTo(string file, IEnumerable<TarEntry> entries)
    {
        var old = File.ReadAllBytes(file);
        var start = Array.IndexOf(old, (byte)'\n') + 1;
        using var content = new GZipStream(new MemoryStream(old, start, old.Length - start), CompressionMode.Decompress);
        using var reader = new TarReader(content);
        using var target = File.Create(file);
        target.Write(Encoding.ASCII.GetBytes("l4re-musl-result 1 -\n"));
        using var writer = new TarWriter(new GZipStream(target, CompressionLevel.Fastest), TarEntryFormat.Gnu);
        while (reader.GetNextEntry(copyData: true) is { } entry)
            writer.WriteEntry(entry);
        foreach (var entry in entries)
            writer.WriteEntry(entry);
    }

    void Store(string result) => machine.Cache.Store(Machine.Stage, Machine.InputsOf("source"), result, []);

    CachedResult? Restore() => machine.Cache.TryRestore(Machine.Stage, Machine.InputsOf("source"), machine.Restored);

    static List<string> Describe(string root) =>
    [
        .. FileTree.List(root).Select(entry => $"{entry.Path} {Convert.ToString((int)entry.Mode, 8)} "
            + $"{entry.LastWriteTimeUtc:O} {entry.LinkTarget ?? $"{entry.Length}"}"),
        $"{Directory.GetLastWriteTimeUtc(root):O} {File.GetUnixFileMode(root)} {FileTree.ContentHash(root)}",
    ];

    sealed class Zeros(long length) : Stream
    {
        long position;

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get => position; set => position = value; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, length - position);
            Array.Clear(buffer, offset, read);
            position += read;
            return read;
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }
    }
}

using System.Formats.Tar;
using System.IO.Compression;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Sources;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Sources;

public sealed class ArchiveExtractorTests : IDisposable
{
    readonly TempFolder folder = new("l4re musl test ");

    public void Dispose() => folder.Dispose();

    string Target => folder["out"];

    string ArchivePath => folder["demo.tar.gz"];

    int Extract(TestArchive archive) => new ArchiveExtractor().Extract(archive.Save(ArchivePath), "demo", Target);

    [Theory]
    [InlineData("demo.tar.gz")]
    [InlineData("demo.tgz")]
    [InlineData("demo.tar.bz2")]
    public void The_top_folder_is_stripped_and_modes_links_and_times_are_kept(string name)
    {
        var archive = new TestArchive().Folder("demo/").Folder("demo/src/", 0b111_101_000)
            .File("demo/configure", "#!/bin/sh\n", 0b111_101_101)
            .File("demo/src/a.c", "int a;\n", 0b110_100_000)
            .Link("demo/src/b.c", "a.c")
            .Link("demo/include", "src/../src")
            .HardLink("demo/src/c.c", "demo/src/a.c");
        new ArchiveExtractor().Extract(archive.Save(folder[name]), "demo", Target).Should().Be(5);

        File.ReadAllText(Path.Combine(Target, "configure")).Should().Be("#!/bin/sh\n");
        Convert.ToString((int)File.GetUnixFileMode(Path.Combine(Target, "configure")), 8).Should().Be("755");
        Convert.ToString((int)File.GetUnixFileMode(Path.Combine(Target, "src", "a.c")), 8).Should().Be("640");
        Convert.ToString((int)File.GetUnixFileMode(Path.Combine(Target, "src")), 8).Should().Be("750");
        File.GetLastWriteTimeUtc(Path.Combine(Target, "src", "a.c")).Should().Be(TestArchive.Time);
        Directory.GetLastWriteTimeUtc(Path.Combine(Target, "src")).Should().Be(TestArchive.Time);
        new FileInfo(Path.Combine(Target, "src", "b.c")).LinkTarget.Should().Be("a.c");
        File.ReadAllText(Path.Combine(Target, "src", "c.c")).Should().Be("int a;\n");
        File.ReadAllText(Path.Combine(Target, "include", "a.c")).Should().Be("int a;\n");
    }

    [Fact]
    public void Set_user_id_and_its_like_are_dropped()
    {
        Extract(new TestArchive().File("demo/su", mode: 0b111_111_101_101));
        Convert.ToString((int)File.GetUnixFileMode(Path.Combine(Target, "su")), 8).Should().Be("755");
    }

    [Fact]
    public void Long_names_and_links_and_global_headers_are_understood()
    {
        var deep = string.Join('/', Enumerable.Repeat("a-folder-with-a-long-name", 8));
        using (var stream = new GZipStream(File.Create(ArchivePath), CompressionLevel.Fastest))
        using (var writer = new TarWriter(stream, TarEntryFormat.Pax))
        {
            writer.WriteEntry(
                new PaxGlobalExtendedAttributesTarEntry(new Dictionary<string, string> { ["comment"] = "a commit" }));
            writer.WriteEntry(
                new PaxTarEntry(TarEntryType.RegularFile, $"demo/{deep}/a") { DataStream = new MemoryStream([65]) });
            writer.WriteEntry(new GnuTarEntry(TarEntryType.SymbolicLink, "demo/link") { LinkName = $"{deep}/a" });
        }

        new ArchiveExtractor().Extract(ArchivePath, "demo", Target).Should().Be(2);
        File.ReadAllText(Path.Combine(Target, "link")).Should().Be("A");
    }

    [Fact]
    public void The_last_of_two_entries_for_a_file_counts()
    {
        Extract(new TestArchive().File("demo/a", "first").HardLink("demo/b", "demo/a").File("demo/a", "second"));
        File.ReadAllText(Path.Combine(Target, "a")).Should().Be("second");
        File.ReadAllText(Path.Combine(Target, "b")).Should().Be("first");
    }

    public static TheoryData<string, TestArchive, string> Malicious => new()
    {
        { "parent", new TestArchive().File("demo/../evil"), "'demo/../evil' has '..' in a path" },
        { "parent first", new TestArchive().File("../evil"), "'../evil' has '..' in a path" },
        { "absolute", new TestArchive().File("/evil"), "'/evil' has the absolute path '/evil'" },
        { "outside", new TestArchive().File("evil/a"), "'evil/a' is outside the folder 'demo'" },
        { "prefix of the folder", new TestArchive().File("demo-evil/a"), "'demo-evil/a' is outside the folder 'demo'" },
        { "top is a file", new TestArchive().File("demo"), "'demo' should be a folder" },
        { "top is a link", new TestArchive().Link("demo", "/"), "'demo' should be a folder" },
        {
            "absolute link", new TestArchive().Link("demo/a", "/etc/passwd"),
            "'demo/a' is a link to '/etc/passwd', which is not a relative path"
        },
        {
            "link that leaves", new TestArchive().Link("demo/a", "../evil"),
            "'demo/a' is a link to '../evil', which leads out of 'demo'"
        },
        { "link that leaves and returns", new TestArchive().Link("demo/a", "../demo/b"), "which leads out of 'demo'" },
        { "deep link that leaves", new TestArchive().Link("demo/b/a", "x/../../../evil"), "which leads out of 'demo'" },
        {
            "link through a link", new TestArchive().Link("demo/x/y/s", "../..").Link("demo/t", "x/y/s/../evil"),
            "which goes through another link"
        },
        {
            "link through a later link", new TestArchive().Link("demo/t", "x/y/s/../evil").Link("demo/x/y/s", "../.."),
            "which goes through another link"
        },
        {
            "write through a link", new TestArchive().Link("demo/a", ".").File("demo/a/evil"),
            "'demo/a/evil' is below 'a', which is a link"
        },
        {
            "write onto a link", new TestArchive().File("demo/b").Link("demo/a", "b").File("demo/a"),
            "'demo/a' appears twice, as Link and as File"
        },
        {
            "link onto a file", new TestArchive().File("demo/a").Link("demo/a", "b"),
            "'demo/a' appears twice, as File and as Link"
        },
        {
            "folder becomes a link", new TestArchive().Folder("demo/a/").Link("demo/a", "b"),
            "'demo/a' appears twice, as Folder and as Link"
        },
        { "file below a file", new TestArchive().File("demo/a").File("demo/a/b"), "'demo/a/b' is below 'a', which is a file" },
        { "hard link that leaves", new TestArchive().HardLink("demo/a", "demo/../../etc/passwd"), "'demo/a' has '..' in a path" },
        {
            "absolute hard link", new TestArchive().HardLink("demo/a", "/etc/passwd"),
            "'demo/a' has the absolute path '/etc/passwd'"
        },
        {
            "hard link to nothing", new TestArchive().HardLink("demo/a", "demo/b"),
            "'demo/a' is a hard link to 'demo/b', which is not an earlier file in the archive"
        },
        {
            "hard link to a link", new TestArchive().Link("demo/b", "c").HardLink("demo/a", "demo/b"),
            "'demo/a' is a hard link to 'demo/b'"
        },
        {
            "hard link to itself", new TestArchive().File("demo/a").HardLink("demo/a", "demo/a"),
            "'demo/a' is a hard link to 'demo/a'"
        },
        { "character device", new TestArchive().OfType("demo/null", '3'), "'demo/null' is of the kind CharacterDevice" },
        { "block device", new TestArchive().OfType("demo/sda", '4'), "'demo/sda' is of the kind BlockDevice" },
        { "fifo", new TestArchive().OfType("demo/fifo", '6'), "'demo/fifo' is of the kind Fifo" },
        { "control character", new TestArchive().File("demo/a\u001b[2Jb"), @"'demo/a\x1b[2Jb' has a control character" },
        { "line break in a link", new TestArchive().Link("demo/a", "b\nc"), @"'demo/a' is a link to 'b\x0ac'" },
    };

    [Theory]
    [MemberData(nameof(Malicious))]
    public void A_malicious_archive_is_refused_with_its_entry_named_and_nothing_is_left(
        string kind, TestArchive archive, string message)
    {
        var good = new TestArchive().File("demo/good");
        var extract = () => Extract(archive);
        extract.Should().Throw<BuildException>(kind).Which.Message.Should().StartWith("demo.tar.gz is refused: its entry '")
            .And.Contain(message);
        Directory.GetFileSystemEntries(folder.Path).Should().Equal([ArchivePath], "nothing may be left of it, inside or outside");
        Extract(good).Should().Be(1, "the target is free for a good archive");
    }

    [Theory]
    [InlineData("demo.tar.gz")]
    [InlineData("demo.tar.bz2")]
    public void An_archive_that_is_cut_short_anywhere_is_damaged(string name)
    {
        var path = new TestArchive().File("demo/a", new string('a', 3000)).File("demo/b", "b").Save(folder[name]);
        var bytes = File.ReadAllBytes(path);
        for (var length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(path, bytes[..length]);
            ExtractionShouldFindDamage($"only {length} of {bytes.Length} bytes are there", name);
        }
    }

    [Theory]
    [InlineData(512)]
    [InlineData(512 + 512)]
    [InlineData(512 + 3072)]
    [InlineData(512 + 700)]
    public void A_tar_stream_that_is_cut_short_in_an_undamaged_compression_is_damaged(int length)
    {
        new TestArchive().File("demo/a", new string('a', 3000)).File("demo/b", "b").Save(ArchivePath);
        using var tar = new MemoryStream();
        using (var stream = new GZipStream(File.OpenRead(ArchivePath), CompressionMode.Decompress))
            stream.CopyTo(tar);
        using (var stream = new GZipStream(File.Create(ArchivePath), CompressionLevel.Fastest))
            stream.Write(tar.ToArray().AsSpan(0, length));
        ExtractionShouldFindDamage($"the tar stream has only {length} bytes");
    }

    [Fact]
    public void A_wrong_checksum_is_damage()
    {
        new TestArchive().File("demo/a", "text").Save(ArchivePath);
        var bytes = File.ReadAllBytes(ArchivePath);
        bytes[^8] ^= 1; // RFC 1952: the last eight bytes are CRC-32 and size.
        File.WriteAllBytes(ArchivePath, bytes);
        ExtractionShouldFindDamage("the CRC is wrong");
    }

    [Theory]
    [InlineData("demo.tar.gz")]
    [InlineData("demo.tar.bz2")]
    public void Something_else_than_an_archive_is_damage(string name)
    {
        folder.Write(name, "<html>Not found</html>");
        var extract = () => new ArchiveExtractor().Extract(folder[name], "demo", Target);
        extract.Should().Throw<BuildException>().WithMessage($"{name} is damaged*");
        Directory.Exists(Target).Should().BeFalse();
    }

    [Theory]
    [InlineData("demo.tar.gz")]
    [InlineData("demo.tar.bz2")]
    public void Flipped_bits_give_an_error_that_a_user_can_read_or_the_right_files(string name)
    {
        var path = new TestArchive().Folder("demo/d/").File("demo/d/a", new string('a', 2000)).Link("demo/l", "d/a")
            .Save(folder[name]);
        var bytes = File.ReadAllBytes(path);
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, damaged);
            try
            {
                new ArchiveExtractor().Extract(path, "demo", Target);
                File.ReadAllText(Path.Combine(Target, "d", "a")).Should().Be(new string('a', 2000));
                FileTree.Delete(Target);
            }
            catch (BuildException)
            {
                Directory.Exists(Target).Should().BeFalse();
            }
        }
    }

    [Fact]
    public void An_archive_that_unpacks_to_too_much_is_refused()
    {
        new TestArchive().File("demo/bomb", new string('\0', 1_000_000)).Save(ArchivePath);
        var extract = () => new ArchiveExtractor(maximumSize: 500_000).Extract(ArchivePath, "demo", Target);
        extract.Should().Throw<BuildException>().WithMessage("*unpacks to more than 500000 bytes*");
        Directory.Exists(Target).Should().BeFalse();
    }

    [Fact]
    public void Hard_links_count_as_much_as_the_files_they_become()
    {
        var archive = new TestArchive().File("demo/a", new string('\0', 100_000));
        for (var i = 0; i < 10; i++)
            archive.HardLink($"demo/a{i}", "demo/a");
        archive.Save(ArchivePath);
        var extract = () => new ArchiveExtractor(maximumSize: 500_000).Extract(ArchivePath, "demo", Target);
        extract.Should().Throw<BuildException>().WithMessage("*unpacks to more than 500000 bytes*");
    }

    [Fact]
    public void An_empty_archive_is_damage()
    {
        new TestArchive().Save(ArchivePath);
        ExtractionShouldFindDamage("there is nothing in it");
    }

    [Fact]
    public void An_unknown_format_is_an_error_that_names_those_that_are_known()
    {
        var extract = () => new ArchiveExtractor().Extract(folder.Write("demo.zip", ""), "demo", Target);
        extract.Should().Throw<BuildException>().WithMessage("'demo.zip'*.tar.gz, .tgz, .tar.bz2 or .tar*");
    }

    [Fact]
    public void A_target_that_exists_is_left_alone()
    {
        folder.Write("out/precious", "");
        var extract = () => Extract(new TestArchive().File("demo/a"));
        extract.Should().Throw<BuildException>().WithMessage("*already exists*");
        File.Exists(folder["out", "precious"]).Should().BeTrue();
    }

    void ExtractionShouldFindDamage(string because, string name = "demo.tar.gz")
    {
        var extract = () => new ArchiveExtractor().Extract(folder[name], "demo", Target);
        extract.Should().Throw<BuildException>(because).WithMessage($"{name} is damaged*");
        Directory.Exists(Target).Should().BeFalse(because);
    }
}

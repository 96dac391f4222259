using L4ReMusl.Caching;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Caching;

/// <summary>The user's cache of results: what it gives back, and how large it becomes.</summary>
public sealed class LocalCacheTests : IDisposable
{
    // An archive of a small result has about 300 bytes; contents are random, so that they are not compressed.
    const int Overhead = 1000;

    readonly TempFolder temp = new();
    readonly RecordedLog log = new();
    readonly List<string> locked = [];

    public void Dispose()
    {
        foreach (var entry in locked)
            Immutable("-i", entry);
        if (Directory.Exists(temp["cache"]))
            File.SetUnixFileMode(temp["cache"], FileModes.Program);
        temp.Dispose();
    }

    [Fact]
    public void Many_small_results_are_kept_and_few_large_ones_are_not()
    {
        foreach (var number in Enumerable.Range(0, 60))
            Store($"small{number}", 10, maximum: 100_000);
        Kept().Should().HaveCount(60);

        Store("large1", 60_000, maximum: 100_000);
        Store("large2", 60_000, maximum: 100_000);
        Kept().Should().Contain("large2").And.NotContain("large1");
    }

    [Fact]
    public void What_was_not_used_for_longest_goes_first()
    {
        Store("a", 30_000, maximum: 100_000);
        Store("b", 30_000, maximum: 100_000);
        Store("c", 30_000, maximum: 100_000);
        Age("a", 3);
        Age("b", 2);
        Age("c", 1);
        Restore("a").Should().NotBeNull("a result that is used becomes the youngest");

        Store("d", 30_000, maximum: 100_000);

        Kept().Should().BeEquivalentTo("a", "c", "d");
        Restore("b").Should().BeNull();
    }

    [Fact]
    public void All_that_is_used_least_goes_even_if_something_smaller_would_fit()
    {
        Store("small", 10, maximum: 100_000);
        Store("large", 90_000, maximum: 100_000);
        Age("small", 2);
        Age("large", 1);

        Store("new", 50_000, maximum: 100_000);

        Kept().Should().Equal("new");
    }

    [Fact]
    public void A_result_larger_than_the_cache_is_kept_until_the_next()
    {
        Store("huge", 50_000, maximum: Overhead);
        Restore("huge").Should().NotBeNull();

        Store("new", 10, maximum: Overhead);

        Kept().Should().Equal("new");
    }

    [Fact]
    public void What_a_killed_or_an_older_build_left_goes_after_a_day_and_what_another_is_just_making_stays()
    {
        temp.Write("cache/copy-left.part", "half");
        temp.Write("cache/copy-of-an-older-build/result/file", "whole");
        temp.Write("cache/copy-making.part", "half");
        File.SetLastWriteTimeUtc(temp["cache/copy-left.part"], DateTime.UtcNow.AddHours(-25));
        Directory.SetLastWriteTimeUtc(temp["cache/copy-of-an-older-build"], DateTime.UtcNow.AddHours(-25));

        Store("a", 10, maximum: 100_000);

        Path.Exists(temp["cache/copy-left.part"]).Should().BeFalse();
        Path.Exists(temp["cache/copy-of-an-older-build"]).Should().BeFalse();
        Path.Exists(temp["cache/copy-making.part"]).Should().BeTrue();
    }

    [Fact]
    public void Entries_that_cannot_be_deleted_or_read_are_left_and_are_no_error()
    {
        Store("locked", 90_000, maximum: 100_000);
        Store("old", 90_000, maximum: 300_000);
        Store("unreadable", 10, maximum: 300_000);
        Age("locked", 3);
        Age("old", 2);
        Lock("locked");
        File.SetUnixFileMode(EntryOf("unreadable"), UnixFileMode.None);

        Store("new", 50_000, maximum: 100_000);

        Kept().Should().Contain("new").And.NotContain("old");
        if (!Environment.IsPrivilegedProcess)
            Restore("unreadable").Should().BeNull();
        Restore("new").Should().NotBeNull();
        log.Warnings.Should().BeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("no archive at all")]
    public void A_damaged_entry_is_deleted_and_counts_as_missing(string content)
    {
        Store("a", 10, maximum: 100_000);
        File.WriteAllText(EntryOf("a"), content);

        Restore("a").Should().BeNull();

        Path.Exists(temp["restored"]).Should().BeFalse();
        Kept().Should().BeEmpty();
    }

    [Fact]
    public void An_entry_with_any_byte_changed_never_gives_another_result()
    {
        Store("a", 300, maximum: 100_000);
        var good = File.ReadAllBytes(EntryOf("a"));
        var content = File.ReadAllBytes(temp["result/file"]);
        for (var position = 0; position < good.Length; position++)
        {
            var bad = (byte[])good.Clone();
            bad[position] ^= 0x10;
            File.WriteAllBytes(EntryOf("a"), bad);
            if (Restore("a") is not null) // Not all bytes of gzip and tar have a meaning.
                File.ReadAllBytes(temp["restored/file"]).Should().Equal(content);
        }
    }

    [Fact]
    public void An_entry_of_something_else_is_not_taken_for_the_result()
    {
        Store("a", 10, maximum: 100_000);
        File.Move(EntryOf("a"), EntryOf("b"));

        Restore("b").Should().BeNull();
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_one_warning_and_no_error()
    {
        temp.Write("cache", "a file, where the folder should be");

        var cache = Cache(1000);
        Directory.CreateDirectory(temp["result"]);
        cache.Store("copy", InputsOf("a"), temp["result"], []);
        cache.Store("copy", InputsOf("b"), temp["result"], []);

        log.Warnings.Should().ContainSingle().Which.Should().Contain("could not be kept").And.Contain(temp["cache"]);
        File.Delete(temp["cache"]);
    }

    [Fact]
    public void Clearing_removes_all_results_and_tells_the_bytes()
    {
        Store("a", 10_000, maximum: 100_000);
        temp.Write("cache/copy-of-an-older-build/result/file", "whole");

        Cache(1000).Local.Clear().Should().BeInRange(10_000, 10_000 + Overhead);

        Directory.EnumerateFileSystemEntries(temp["cache"]).Should().BeEmpty();
    }

    [Fact]
    public void By_default_there_is_room_for_twenty_libraries_of_Rust() =>
        new LocalCache(temp["cache"]).MaximumSize.Should().BeGreaterThan(20 * 40_000_000L).And.BeLessThan(4L << 30);

    [Theory]
    [InlineData("1", 1L)]
    [InlineData("2GiB", 2L << 30)]
    [InlineData("500M", 500_000_000L)]
    [InlineData("1.5 kB", 1500L)]
    [InlineData("10mib", 10L << 20)]
    [InlineData("0", null)]
    [InlineData("-1M", null)]
    [InlineData("9999999999999G", null)]
    [InlineData("many", null)]
    [InlineData("GiB", null)]
    [InlineData("1e9", null)]
    public void Sizes_are_read_as_users_type_them(string text, long? bytes) => CacheSize.Parse(text).Should().Be(bytes);

    void Store(string name, int size, long maximum)
    {
        Directory.CreateDirectory(temp["result"]);
        var content = new byte[size];
        new Random(size).NextBytes(content);
        File.WriteAllBytes(temp["result/file"], content);
        Cache(maximum).Store("copy", InputsOf(name), temp["result"], [new Figure("name", name)]);
    }

    IReadOnlyList<Figure>? Restore(string name)
    {
        FileTree.Delete(temp["restored"]);
        return Cache(100_000).TryRestore("copy", InputsOf(name), temp["restored"])?.Figures;
    }

    ResultCache Cache(long maximum) => new(new LocalCache(temp["cache"]) { MaximumSize = maximum }, null, log.Logger);

    void Age(string name, int hours) => File.SetLastWriteTimeUtc(EntryOf(name), DateTime.UtcNow.AddHours(-hours));

    // Modes do not keep root from deleting, but the attribute "immutable" does, where the file system has it.
    void Lock(string name)
    {
        locked.Add(EntryOf(name));
        Immutable("+i", EntryOf(name));
    }

    static bool Immutable(string change, string path) => Tools.OfHost.Run(new ToolInvocation("chattr", change, path)).Succeeded;

    IEnumerable<string> Kept() => Enumerable.Range(0, 60).Select(number => $"small{number}")
        .Concat(["a", "b", "c", "d", "small", "large", "large1", "large2", "huge", "new", "old"])
        .Where(name => File.Exists(EntryOf(name)));

    string EntryOf(string name) => new LocalCache(temp["cache"]).PathOf(new ResultKey("copy", InputsOf(name)));

    static Fingerprint InputsOf(string name) => new(("name", name));
}

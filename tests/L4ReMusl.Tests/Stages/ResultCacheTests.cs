using System.Text.Json.Nodes;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Stages;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Stages;

/// <summary>The bound of the user's cache of results.</summary>
public sealed class ResultCacheTests : IDisposable
{
    readonly TempFolder temp = new();
    readonly RecordedLog log = new();
    readonly List<string> locked = [];

    public void Dispose()
    {
        foreach (var entry in locked)
            Immutable("-i", entry);
        foreach (var folder in new DirectoryInfo(temp.Path).EnumerateDirectories("*", SearchOption.AllDirectories).ToList())
            folder.UnixFileMode |= UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        temp.Dispose();
    }

    [Fact]
    public void Many_small_results_are_kept_and_few_large_ones_are_not()
    {
        foreach (var number in Enumerable.Range(0, 60))
            Store($"small{number}", 10, maximum: 1000);
        Kept().Should().HaveCount(60);

        Store("large1", 600, maximum: 1000);
        Store("large2", 600, maximum: 1000);
        Kept().Should().Equal("large2");
    }

    [Fact]
    public void What_was_not_used_for_longest_goes_first()
    {
        Store("a", 300, maximum: 1000);
        Store("b", 300, maximum: 1000);
        Store("c", 300, maximum: 1000);
        Age("a", 3);
        Age("b", 2);
        Age("c", 1);
        Restore("a").Should().NotBeNull("a result that is used becomes the youngest");

        Store("d", 300, maximum: 1000);

        Kept().Should().BeEquivalentTo("a", "c", "d");
        Restore("b").Should().BeNull();
    }

    [Fact]
    public void All_that_is_used_least_goes_even_if_something_smaller_would_fit()
    {
        Store("small", 10, maximum: 1000);
        Store("large", 900, maximum: 1000);
        Age("small", 2);
        Age("large", 1);

        Store("new", 500, maximum: 1000);

        Kept().Should().Equal("new");
    }

    [Fact]
    public void A_result_larger_than_the_cache_is_kept_until_the_next()
    {
        Store("huge", 5000, maximum: 1000);
        Restore("huge").Should().NotBeNull();

        Store("new", 10, maximum: 1000);

        Kept().Should().Equal("new");
    }

    [Fact]
    public void The_size_is_taken_from_the_stamp_and_the_files_are_not_looked_at_again()
    {
        Store("a", 600, maximum: 1000);
        Stamp("a")["Size"]!.GetValue<long>().Should().Be(600);
        File.WriteAllText(Path.Combine(EntryOf("a"), "result", "file"), "");
        Age("a", 1);

        Store("b", 500, maximum: 1000);

        Kept().Should().Equal("b");
    }

    [Fact]
    public void A_stamp_without_a_size_gets_it_and_its_entry_becomes_no_younger()
    {
        Store("old", 600, maximum: 2000);
        var stamp = Stamp("old");
        stamp.Remove("Size");
        File.WriteAllText(StampOf("old"), stamp.ToJsonString());
        Age("old", 5);
        var used = Directory.GetLastWriteTimeUtc(EntryOf("old"));

        Store("b", 500, maximum: 2000);

        Stamp("old")["Size"]!.GetValue<long>().Should().Be(600);
        Directory.GetLastWriteTimeUtc(EntryOf("old")).Should().Be(used);
        Restore("old").Should().NotBeNull();
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(long.MaxValue)]
    public void A_size_that_cannot_be_true_does_no_harm(long size)
    {
        Store("a", 10, maximum: 1000);
        Store("b", 10, maximum: 1000);
        foreach (var name in (string[])["a", "b"])
        {
            var stamp = Stamp(name);
            stamp["Size"] = size;
            File.WriteAllText(StampOf(name), stamp.ToJsonString());
        }

        Store("c", 10, maximum: 1000);

        Kept().Should().Contain("c");
        log.Warnings.Should().BeEmpty();
    }

    [Fact]
    public void What_a_killed_build_left_goes_after_a_day_and_what_another_is_just_making_stays()
    {
        temp.Write("cache/copy-left.tmp/result/file", "half");
        temp.Write("cache/copy-making.tmp/result/file", "half");
        Directory.SetLastWriteTimeUtc(temp["cache/copy-left.tmp"], DateTime.UtcNow.AddHours(-25));
        temp.Write("cache/copy-damaged/stamp.json", "{");
        Directory.SetLastWriteTimeUtc(temp["cache/copy-damaged"], DateTime.UtcNow.AddHours(-25));

        Store("a", 5000, maximum: 1000);

        Directory.Exists(temp["cache/copy-left.tmp"]).Should().BeFalse();
        Directory.Exists(temp["cache/copy-damaged"]).Should().BeFalse();
        Directory.Exists(temp["cache/copy-making.tmp"]).Should().BeTrue();
    }

    [Fact]
    public void Entries_that_cannot_be_deleted_or_read_are_left_and_are_no_error()
    {
        Store("locked", 900, maximum: 1000);
        Store("old", 900, maximum: 3000);
        Store("unreadable", 900, maximum: 3000);
        Age("locked", 3);
        Age("old", 2);
        Age("unreadable", 1);
        var isLocked = Lock("locked");
        // Who can read everything, as root can, reads it, and it counts like the others.
        File.SetUnixFileMode(EntryOf("unreadable"), UnixFileMode.None);

        Store("new", 500, maximum: 1000);

        Directory.Exists(EntryOf("locked")).Should().Be(isLocked);
        Directory.Exists(EntryOf("unreadable")).Should().Be(!Environment.IsPrivilegedProcess);
        Kept().Should().Contain("new").And.NotContain("old");
        Restore("new").Should().NotBeNull();
        log.Warnings.Should().BeEmpty();
    }

    [Fact]
    public void By_default_there_is_room_for_twenty_libraries_of_Rust() =>
        new ResultCache(temp["cache"], log.Logger).MaximumSize.Should().BeGreaterThan(20 * 90_000_000L).And.BeLessThan(4L << 30);

    void Store(string name, int size, long maximum)
    {
        Directory.CreateDirectory(temp["result"]);
        File.WriteAllBytes(temp["result/file"], new byte[size]);
        Cache(maximum).Store("copy", InputsOf(name), temp["result"], [new Figure("name", name)]);
    }

    IReadOnlyList<Figure>? Restore(string name)
    {
        FileTree.Delete(temp["restored"]);
        return Cache(1000).TryRestore("copy", InputsOf(name), temp["restored"]);
    }

    ResultCache Cache(long maximum) => new(temp["cache"], log.Logger) { MaximumSize = maximum };

    void Age(string name, int hours) => Directory.SetLastWriteTimeUtc(EntryOf(name), DateTime.UtcNow.AddHours(-hours));

    // Modes do not keep root from deleting, but the attribute "immutable" does, where the file system has it.
    // Returns whether the entry will stay.
    bool Lock(string name)
    {
        locked.Add(EntryOf(name));
        if (Environment.IsPrivilegedProcess)
            return Immutable("+i", EntryOf(name));
        File.SetUnixFileMode(EntryOf(name), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return true;
    }

    static bool Immutable(string change, string path) => Tools.OfHost.Run(new ToolInvocation("chattr", change, path)).Succeeded;

    IEnumerable<string> Kept() => Enumerable.Range(0, 60).Select(number => $"small{number}")
        .Concat(["a", "b", "c", "d", "small", "large", "large1", "large2", "huge", "new", "old", "locked", "unreadable"])
        .Where(name => Directory.Exists(EntryOf(name)));

    JsonObject Stamp(string name) => JsonNode.Parse(File.ReadAllText(StampOf(name)))!.AsObject();

    string StampOf(string name) => Path.Combine(EntryOf(name), "stamp.json");

    string EntryOf(string name) => temp["cache", $"copy-{InputsOf(name).Digest[..32]}"];

    static Fingerprint InputsOf(string name) => new(("name", name));
}

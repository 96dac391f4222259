using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Sources;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Sources;

/// <summary>A cache, an archive of random bytes, and a fetcher that is less patient than the real one.</summary>
public sealed class FetcherFixture : IDisposable
{
    static readonly TransferPolicy Impatient = new(
        TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1), [TimeSpan.Zero, TimeSpan.Zero]);

    public FetcherFixture()
    {
        Content = new byte[300_000];
        new Random(1).NextBytes(Content);
        Folder.Write("content", "");
        File.WriteAllBytes(Folder["content"], Content);
        Archive = new SourceArchive(
            "demo", "1.0", new DateOnly(2024, 2, 29), "demo-1.0.tar.gz", Content.Length,
            Fingerprint.Sha256OfFile(Folder["content"]), "demo-1.0", [], null, null);
    }

    public TempFolder Folder { get; } = new("l4re musl test ");

    public byte[] Content { get; }

    public SourceArchive Archive { get; set; }

    public RecordedLog Log { get; } = new();

    public string Cache => Folder["cache"];

    public string CachedFile => Path.Combine(Cache, Archive.FileName);

    public string PartialFile => CachedFile + ".part";

    public string Keys => Folder["keys"];

    public ToolRunner HostTools { get; set; } = Tools.In("/nowhere");

    /// <summary>The mirror of Debian that the user named.</summary>
    public string? OwnMirror { get; set; }

    public ArchiveFetcher Fetcher(bool isOffline = false, params string[] mirrors) => new(
        Cache,
        new ArchiveLocations(mirrors, isOffline, new DebianMirrors(OwnMirror, HostTools)),
        new SignatureVerifier(HostTools, Keys),
        Log.Logger,
        Impatient);

    public FetchedArchive Fetch(params string[] mirrors) => Fetcher(false, mirrors).Fetch(Archive);

    public FetchedArchive FetchOffline(params string[] mirrors) => Fetcher(true, mirrors).Fetch(Archive);

    public LoopbackServer Serve(byte[]? content = null) =>
        LoopbackServer.Of(new Dictionary<string, byte[]> { ["/" + Archive.FileName] = content ?? Content });

    public byte[] OtherContent()
    {
        var other = (byte[])Content.Clone();
        other[1000] ^= 1;
        return other;
    }

    public void Cached(byte[] content, string? file = null)
    {
        Directory.CreateDirectory(Cache);
        File.WriteAllBytes(file ?? CachedFile, content);
    }

    /// <summary>Checks that the archive is in its place, with nothing but the lock beside it.</summary>
    public void ShouldHaveOnlyTheArchive()
    {
        File.ReadAllBytes(CachedFile).Should().Equal(Content);
        Directory.GetFiles(Cache).Should().BeSubsetOf([CachedFile, CachedFile + ".lock"]);
    }

    /// <summary>Checks that neither the archive nor a part of it exists.</summary>
    public void ShouldHaveNothing() => Directory.GetFiles(Cache).Should().BeSubsetOf([CachedFile + ".lock"]);

    public void Dispose() => Folder.Dispose();
}

using L4ReMusl.Caching;
using L4ReMusl.CommandLine;

namespace L4ReMusl.Settings;

// Where results are kept for later builds.
public static partial class Parameters
{
    const string Caches = "Caches";

    /// <summary>See <see cref="CacheFolder"/>.</summary>
    public const string CacheFolderText = "Folder for downloads and compiled results, shared by all clones.";

    /// <summary>See <see cref="CacheSize"/>.</summary>
    public const string CacheSizeText =
        "Maximum size of the results in the cache folder; those that were not used for longest are deleted.";

    /// <summary>See <see cref="RemoteCache"/>.</summary>
    public const string RemoteCacheText =
        "Folder or URL with results that several machines share; a URL needs GET, HEAD and PUT, as with WebDAV.";

    /// <summary>See <see cref="RemoteCacheMode"/>.</summary>
    public const string RemoteCacheModeText =
        "Whether results are only taken from the remote cache, or also put there, as on a CI system that others trust.";

    /// <summary>See <see cref="RemoteCacheKey"/>.</summary>
    public const string RemoteCacheKeyText = "PEM file of the key that signs the results in the remote cache: with the public "
        + "key, only signed results are used; with the private one, results that are put there are signed, too.";

    /// <summary>The cache of downloads and compiled results, as a full path.</summary>
    public static Parameter<string> CacheFolder { get; } = new(
        nameof(CacheFolder), CacheFolderText, Caches, ParameterKind.Text,
        words => Path.GetFullPath(words is [var folder, ..] ? folder : DefaultCacheFolder()))
    {
        Placeholder = "FOLDER",
        Default = "l4re-musl in XDG_CACHE_HOME or ~/.cache",
        Variable = "CACHE_FOLDER",
    };

    /// <summary>The maximum size of the results in the cache folder, in bytes.</summary>
    public static Parameter<long> CacheSize { get; } = new(
        nameof(CacheSize), CacheSizeText, Caches, ParameterKind.Text,
        words => words is [var size, ..] ? Caching.CacheSize.Parse(size)!.Value : LocalCache.DefaultMaximumSize)
    {
        Placeholder = "SIZE",
        Example = "500MiB",
        Default = "2GiB",
        Rule = new(
            "a number of bytes, perhaps with K, M, G, T (powers of 1000) or KiB, MiB, GiB, TiB (powers of 1024)",
            size => Caching.CacheSize.Parse(size) is not null),
    };

    /// <summary>The cache that several machines share; <see langword="null"/> for none.</summary>
    public static Parameter<RemoteLocation?> RemoteCache { get; } = new(
        nameof(RemoteCache), RemoteCacheText, Caches, ParameterKind.Text,
        words => words is [var place, ..] ? RemoteLocation.Parse(place) : null)
    {
        Placeholder = "PLACE",
        Example = "https://cache.example.org/l4re-musl",
        Rule = new("a folder, or an http or https URL", place => RemoteLocation.Parse(place) is not null),
        Show = RemoteLocation.WithoutCredentials,
    };

    /// <summary>What to do with the remote cache.</summary>
    public static Parameter<RemoteMode> RemoteCacheMode { get; } = Parameter.Choice(
        nameof(RemoteCacheMode), RemoteCacheModeText, Caches,
        Enum.GetValues<RemoteMode>(), mode => mode.Word(), RemoteMode.ReadOnly) with
    {
        Placeholder = "MODE",
    };

    /// <summary>The file with the key of the remote cache, as a full path; <see langword="null"/> for none.</summary>
    public static Parameter<string?> RemoteCacheKey { get; } =
        Parameter.Text(nameof(RemoteCacheKey), RemoteCacheKeyText, Caches) with
        {
            Parse = words => words is [var file, ..] ? Path.GetFullPath(file) : null,
            Placeholder = "FILE",
            Rule = new("a file that exists", File.Exists),
        };

    // XDG Base Directory Specification: a relative XDG_CACHE_HOME must be ignored.
    static string DefaultCacheFolder() => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { } cache && Path.IsPathRooted(cache)
            ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "l4re-musl");
}

using System.ComponentModel;
using L4ReMusl.Settings;
using Nuke.Common;

/// <summary>The official release of musl: downloaded, or taken from the cache, and verified.</summary>
interface IFetchMusl : IProvision
{
    [Parameter(Parameters.MuslVersionText)]
    string? MuslVersion => TryGetValue(() => MuslVersion);

    [Parameter(Parameters.MirrorsText)]
    string[] Mirrors => TryGetValue(() => Mirrors) ?? [];

    [Parameter(Parameters.OfflineText)]
    bool Offline => TryGetValue<bool?>(() => Offline) ?? false;

    [Parameter(Parameters.CacheFolderText)]
    string? CacheFolder => TryGetValue(() => CacheFolder);

    [Parameter(Parameters.CacheSizeText)]
    string? CacheSize => TryGetValue(() => CacheSize);

    [Parameter(Parameters.RemoteCacheText)]
    string? RemoteCache => TryGetValue(() => RemoteCache);

    [Parameter(
        Parameters.RemoteCacheModeText,
        ValueProviderType = typeof(Choices), ValueProviderMember = nameof(Choices.RemoteCacheMode))]
    string? RemoteCacheMode => TryGetValue(() => RemoteCacheMode);

    [Parameter(Parameters.RemoteCacheKeyText)]
    string? RemoteCacheKey => TryGetValue(() => RemoteCacheKey);

    [Category("Building")]
    Target FetchMusl => _ => _
        .Description("Downloads the musl release, resuming if it can, and verifies its SHA-256 and signature")
        .DependsOn(Provision)
        .Executes(() => Reach(nameof(FetchMusl)));
}

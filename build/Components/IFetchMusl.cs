using System.ComponentModel;
using Nuke.Common;

/// <summary>The official release of musl: downloaded, or taken from the cache, and verified.</summary>
interface IFetchMusl : IProvision
{
    [Category("Selection")]
    [Parameter("Version of musl, one of the catalogue config/sources.json. Default: 1.2.5.")]
    string? MuslVersion => TryGetValue(() => MuslVersion);

    [Category("Downloads")]
    [Parameter("Folders or URLs that are asked for archives first. Example: --mirrors /srv/mirror https://example.org/distfiles")]
    string[] Mirrors => TryGetValue(() => Mirrors) ?? [];

    [Category("Downloads")]
    [Parameter("Use no network: archives must be in the cache, or in a folder given with --mirrors.")]
    bool Offline => TryGetValue<bool?>(() => Offline) ?? false;

    [Category("Downloads")]
    [Parameter("Folder for downloads and compiled results, shared by all clones. Default: l4re-musl in XDG_CACHE_HOME or ~/.cache.")]
    string? CacheFolder => TryGetValue(() => CacheFolder);

    [Category("The chain")]
    Target FetchMusl => _ => _
        .Description("Downloads the musl release, resuming where possible, and verifies its SHA-256 and signature")
        .DependsOn(Provision)
        .Executes(() => Reach(nameof(FetchMusl)));
}

using System.ComponentModel;
using Nuke.Common;

/// <summary>The caches of results.</summary>
interface ICache : IFetchMusl
{
    [Category("Project")]
    Target CacheInfo => _ => _
        .Description("Shows what the cache folder holds, and whether the remote cache can be reached")
        .Executes(() => Reach(nameof(CacheInfo)));

    [Category("Project")]
    Target CacheClean => _ => _
        .Description("Removes all results from the cache folder; downloads and out/ stay")
        .Before(FetchMusl)
        .Executes(() => Reach(nameof(CacheClean)));
}

using L4ReMusl.Caching;
using Serilog;

namespace L4ReMusl.Tests.Support;

/// <summary>Caches for tests of other things.</summary>
public static class Caches
{
    /// <summary>A cache of results in a folder, without a remote one.</summary>
    public static ResultCache In(string folder) => new(new LocalCache(folder), null, Log.Logger);
}

using L4ReMusl.Caching;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Stages;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Caching;

/// <summary>A machine with its own cache folder, which may share a remote cache with others. A run ends with Finish.</summary>
sealed class Machine : IDisposable
{
    public const string Stage = "compile-arm64";

    /// <summary>Less patience than usual, to keep tests short that a server lets wait.</summary>
    public static readonly RemotePatience Impatience = new(
        TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(18));

    readonly TempFolder temp = new();
    readonly RemoteCache? remote;

    public Machine(
        string? place,
        RemoteMode mode = RemoteMode.ReadOnly,
        SigningKey? key = null,
        string? token = null,
        RemotePatience? patience = null)
    {
        remote = place is null ? null : new RemoteCache(RemoteLocation.Parse(place)!, mode, Log.Logger)
        {
            Key = key,
            Token = token,
            Patience = patience ?? RemotePatience.Default,
        };
        Cache = new ResultCache(new LocalCache(temp["cache"]), remote, Log.Logger);
    }

    public ResultCache Cache { get; }

    public RecordedLog Log { get; } = new();

    public string Restored => temp["restored"];

    public string LocalEntry => Cache.Local.PathOf(new ResultKey(Stage, InputsOf("source")));

    public static string ObjectName => new ResultKey(Stage, InputsOf("source")).FileName;

    public static Fingerprint InputsOf(string source) => new(("source", source));

    /// <summary>The folder of a result, to be filled.</summary>
    public string NewResult()
    {
        FileTree.Delete(temp["result"]);
        return Directory.CreateDirectory(temp["result"]).FullName;
    }

    /// <summary>Builds something and stores the result.</summary>
    public void Make(string content = "good", string source = "source")
    {
        File.WriteAllText(Path.Combine(NewResult(), "file"), content);
        Cache.Store(Stage, InputsOf(source), temp["result"], [new Figure("size", content)]);
    }

    /// <summary>Takes a result from the caches, or makes it. The machine then has it as <see cref="Restored"/>.</summary>
    public StageOutcome Obtain(string source = "source")
    {
        FileTree.Delete(Restored);
        if (Cache.TryRestore(Stage, InputsOf(source), Restored) is { } cached)
            return cached.Outcome;
        Path.Exists(Restored).Should().BeFalse("a result is whole, or there is none");
        Make(source: source);
        FileTree.Copy(temp["result"], Restored);
        return StageOutcome.Made;
    }

    public string Content => File.ReadAllText(Path.Combine(Restored, "file"));

    public void Dispose()
    {
        Cache.Finish();
        remote?.Dispose();
        temp.Dispose();
    }
}

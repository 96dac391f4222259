using L4ReMusl.Caching;
using L4ReMusl.Graph;
using L4ReMusl.Settings;

namespace L4ReMusl.Goals;

/// <summary>The caches that the user's settings name.</summary>
/// <param name="build">Settings and paths.</param>
/// <param name="variable">Reads an environment variable. Secrets are never parameters, which others can see.</param>
sealed class CacheSetup(BuildContext build, Func<string, string?> variable)
{
    const string TokenVariable = "L4RE_MUSL_REMOTE_CACHE_TOKEN", KeyVariable = "L4RE_MUSL_REMOTE_CACHE_KEY";

    /// <summary>Composes them.</summary>
    /// <exception cref="BuildException">The key is none, or cannot do what the mode needs.</exception>
    public ResultCache Compose()
    {
        var local = new LocalCache(build.Layout.CompiledResults) { MaximumSize = build.Settings.Get(Parameters.CacheSize) };
        return new ResultCache(local, Remote(), build.Log);
    }

    RemoteCache? Remote()
    {
        if (build.Settings.Get(Parameters.RemoteCache) is not { } location)
            return null;
        if (build.Settings.Offline && location.Url is not null)
        {
            build.Log.Debug("The remote cache {Location} is not used: --offline", $"{location}");
            return null;
        }

        var mode = build.Settings.Get(Parameters.RemoteCacheMode);
        return new RemoteCache(location, mode, build.Log) { Key = Key(mode), Token = Given(TokenVariable) };
    }

    SigningKey? Key(RemoteMode mode)
    {
        var key = (Given(KeyVariable), build.Settings.Get(Parameters.RemoteCacheKey)) switch
        {
            ({ } text, _) => SigningKey.Parse(text, $"the variable {KeyVariable}"), // A CI system's; the file may be public.
            (null, { } file) => SigningKey.Read(file),
            _ => null,
        };
        return mode == RemoteMode.ReadOnly || key?.CanSign != false ? key : throw new BuildException(
            $"--{Parameters.RemoteCacheMode.Name} {mode.Word()} needs the private key, to sign what it stores, but the key of "
            + "the remote cache is the public one.");
    }

    string? Given(string name) => variable(name) is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
}

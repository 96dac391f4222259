namespace L4ReMusl.Foundation.Processes;

/// <summary>The environment variables that external programs get.</summary>
/// <remarks>
/// A list of what is allowed, not of what is removed: <c>CFLAGS</c>, <c>MAKEFLAGS</c>, <c>CPATH</c>, <c>LIBRARY_PATH</c> or a
/// locale in the user's shell must not change the result.
/// </remarks>
public sealed class ToolEnvironment
{
    static readonly string[] LetThrough =
    [
        "PATH", "HOME", "USER", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR",
        "http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR",
        "RUSTUP_HOME", "CARGO_HOME", "RUSTUP_TOOLCHAIN", "RUSTUP_DIST_SERVER",
        "ICECC", "SSH_AUTH_SOCK", "KRB5CCNAME", // The last two are for servers of distcc.
    ];

    // Settings of compiler launchers, which do not change what is compiled; MuslCompileStage checks which compiler was used.
    static readonly string[] LetThroughPrefixes = ["CCACHE_", "SCCACHE_", "DISTCC_", "ICECC_"];

    ToolEnvironment(IReadOnlyDictionary<string, string> variables) => Variables = variables;

    /// <summary>The variables, by name.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; }

    /// <summary>Reads the current process's environment.</summary>
    public static ToolEnvironment FromHost() => From(
        Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? "")));

    /// <summary>Filters <paramref name="variables"/>, and sets locale and time zone.</summary>
    public static ToolEnvironment From(IEnumerable<KeyValuePair<string, string>> variables)
    {
        var kept = variables.Where(v => IsLetThrough(v.Key)).ToDictionary(StringComparer.Ordinal);
        kept["LC_ALL"] = "C";
        kept["TZ"] = "UTC";
        return new ToolEnvironment(kept);
    }

    static bool IsLetThrough(string name) =>
        LetThrough.Contains(name) || LetThroughPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}

namespace L4ReMusl.Sources;

/// <summary>Compares URLs of repositories: the scheme, a suffix <c>.git</c> and the case do not matter.</summary>
static class Repositories
{
    public static bool AreSame(string left, string right) => Plain(left) == Plain(right);

    /// <summary>Whether a URL is that of a repository, or of something in it.</summary>
    public static bool IsWithin(string address, string repository)
    {
        var (inner, outer) = (Plain(address), Plain(repository));
        return inner.StartsWith(outer, StringComparison.Ordinal)
            && (inner.Length == outer.Length || inner[outer.Length] is '/' or '?');
    }

    // The web view of a repository counts as the repository: git.musl-libc.org/cgit/musl is git.musl-libc.org/git/musl.
    static string Plain(string address)
    {
        var text = address.ToLowerInvariant();
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        text = scheme < 0 ? text : text[(scheme + 3)..];
        text = text.Replace("/cgit/", "/", StringComparison.Ordinal).Replace("/git/", "/", StringComparison.Ordinal).TrimEnd('/');
        return text.EndsWith(".git", StringComparison.Ordinal) ? text[..^4] : text;
    }
}

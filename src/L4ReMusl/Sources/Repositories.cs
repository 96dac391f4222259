namespace L4ReMusl.Sources;

/// <summary>Tells whether two addresses are of the same repository: the scheme, a suffix and the case do not matter.</summary>
static class Repositories
{
    public static bool AreSame(string left, string right) => Plain(left) == Plain(right);

    /// <summary>Whether an address is of something in a repository, or of the repository itself.</summary>
    public static bool IsWithin(string address, string repository)
    {
        var (inner, outer) = (Plain(address), Plain(repository));
        return inner.StartsWith(outer, StringComparison.Ordinal)
            && (inner.Length == outer.Length || inner[outer.Length] is '/' or '?');
    }

    // Web views of repositories stand beside them: git.musl-libc.org/cgit/musl is git.musl-libc.org/git/musl.
    static string Plain(string address)
    {
        var text = address.ToLowerInvariant();
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        text = scheme < 0 ? text : text[(scheme + 3)..];
        text = text.Replace("/cgit/", "/", StringComparison.Ordinal).Replace("/git/", "/", StringComparison.Ordinal).TrimEnd('/');
        return text.EndsWith(".git", StringComparison.Ordinal) ? text[..^4] : text;
    }
}

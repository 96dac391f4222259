namespace L4ReMusl.Caching;

/// <summary>Where a remote cache is: a folder, or a URL below which GET and PUT work.</summary>
public sealed record RemoteLocation
{
    RemoteLocation(string? folder, Uri? url) => (Folder, Url) = (folder, url);

    /// <summary>The folder, as a full path; <see langword="null"/> for a URL.</summary>
    public string? Folder { get; }

    /// <summary>The URL, which may contain credentials; <see langword="null"/> for a folder.</summary>
    public Uri? Url { get; }

    /// <summary>Reads what a user typed.</summary>
    /// <returns>The location; <see langword="null"/> if it is another kind of URL.</returns>
    public static RemoteLocation? Parse(string text)
    {
        if (!text.Contains("://", StringComparison.Ordinal))
            return text.Length > 0 ? new RemoteLocation(Path.GetFullPath(text), null) : null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url))
            return null;
        if (url.IsFile)
            return new RemoteLocation(url.LocalPath, null);
        return url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps ? new RemoteLocation(null, url) : null;
    }

    /// <summary>A text without the credentials that a URL may contain, whether or not it is a valid location.</summary>
    public static string WithoutCredentials(string text)
    {
        var start = text.IndexOf("://", StringComparison.Ordinal) + 3;
        if (start < 3)
            return text;
        var end = text.AsSpan(start).IndexOfAny('/', '?', '#') is >= 0 and var length ? start + length : text.Length;
        var host = text.LastIndexOf('@', end - 1, end - start) is >= 0 and var at ? at + 1 : start;
        var query = text.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? mark : text.Length;
        return text[..start] + text[host..Math.Max(query, host)];
    }

    /// <summary>The URL of an object.</summary>
    public Uri ObjectUrl(string name) => new(
        Url!.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)
        + $"{Url.AbsolutePath.TrimEnd('/')}/{Uri.EscapeDataString(name)}{Url.Query}");

    /// <summary>The location as it may be shown: without credentials.</summary>
    public override string ToString() => Folder
        ?? Url!.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) + Url.AbsolutePath.TrimEnd('/');
}

namespace L4ReMusl.Sources;

/// <summary>A place that may have a file: a URL, or a path on the host.</summary>
public sealed class ArchiveLocation
{
    readonly string address;

    ArchiveLocation(string address) => this.address = address;

    /// <summary>The URL to download from; <see langword="null"/> for a file on the host.</summary>
    public Uri? Url => IsWeb(address) ? new Uri(address) : null;

    /// <summary>The file on the host; <see langword="null"/> for a URL.</summary>
    public string? LocalPath => IsWeb(address) ? null : address;

    /// <summary>The place of <paramref name="file"/> below a folder that the user, the catalogue or the host names.</summary>
    /// <param name="folder">An <c>http</c>, <c>https</c> or <c>file</c> URL, or a path.</param>
    /// <param name="file">The file's path below it.</param>
    /// <exception cref="BuildException">It is another kind of URL.</exception>
    public static ArchiveLocation Below(string folder, string file)
    {
        if (IsWeb(folder))
            return new ArchiveLocation($"{folder.TrimEnd('/')}/{file}");
        if (IsFile(folder))
            return new ArchiveLocation(Path.Combine(PathOf(folder), file));
        if (folder.Length == 0 || folder.Contains("://", StringComparison.Ordinal))
            throw new BuildException($"'{folder}' cannot be a mirror; name an http, https or file URL, or a folder.");
        return new ArchiveLocation(Path.GetFullPath(Path.Combine(folder, file)));
    }

    /// <summary>The place at a URL.</summary>
    public static ArchiveLocation At(string url) => new(url);

    /// <summary>The place of the file with <paramref name="suffix"/> added to its name.</summary>
    public ArchiveLocation WithSuffix(string suffix) => new(address + suffix);

    /// <summary>Whether an address is an <c>http</c> or <c>https</c> URL.</summary>
    public static bool IsWeb(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps);

    /// <summary>Whether an address is a <c>file</c> URL.</summary>
    public static bool IsFile(string address) => address.StartsWith("file:", StringComparison.OrdinalIgnoreCase);

    // apt writes such URLs with one slash, which Uri does not take for a URL.
    static string PathOf(string url) => Uri.TryCreate(url, UriKind.Absolute, out var whole)
        ? whole.LocalPath
        : Uri.UnescapeDataString(url["file:".Length..]);

    /// <summary>The place as it may be shown: without the password that the URL of a mirror may contain.</summary>
    public override string ToString() =>
        Url?.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo, UriFormat.UriEscaped) ?? address;
}

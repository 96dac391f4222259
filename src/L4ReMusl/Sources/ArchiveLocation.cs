namespace L4ReMusl.Sources;

/// <summary>A place that may hold a file: a web address, or a path on this machine.</summary>
public sealed class ArchiveLocation
{
    readonly string address;

    ArchiveLocation(string address) => this.address = address;

    /// <summary>The address to download from; <see langword="null"/> for a file on this machine.</summary>
    public Uri? Url => IsWeb(address) ? new Uri(address) : null;

    /// <summary>The file on this machine; <see langword="null"/> for a web address.</summary>
    public string? LocalPath => IsWeb(address) ? null : address;

    /// <summary>The place of <paramref name="file"/> below a folder that a user, the catalogue or the host names.</summary>
    /// <param name="folder">An <c>http</c>, <c>https</c> or <c>file</c> address, or a path.</param>
    /// <param name="file">The file's path below it.</param>
    /// <exception cref="BuildException">It is an address of another kind.</exception>
    public static ArchiveLocation Below(string folder, string file)
    {
        if (IsWeb(folder))
            return new ArchiveLocation($"{folder.TrimEnd('/')}/{file}");
        if (folder.StartsWith("file:", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(folder, UriKind.Absolute, out var url))
            return new ArchiveLocation(Path.Combine(url.LocalPath, file));
        if (folder.Length == 0 || folder.Contains("://", StringComparison.Ordinal))
            throw new BuildException($"'{folder}' cannot be a mirror: name an http, https or file address, or a folder.");
        return new ArchiveLocation(Path.GetFullPath(Path.Combine(folder, file)));
    }

    /// <summary>The place at a web address.</summary>
    public static ArchiveLocation At(string url) => new(url);

    /// <summary>The place of the file whose name has <paramref name="suffix"/> added.</summary>
    public ArchiveLocation WithSuffix(string suffix) => new(address + suffix);

    /// <summary>Whether an address is <c>http</c> or <c>https</c>.</summary>
    public static bool IsWeb(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps);

    /// <summary>The place as it may be shown: without the password that a mirror's address may hold.</summary>
    public override string ToString() =>
        Url?.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo, UriFormat.UriEscaped) ?? address;
}

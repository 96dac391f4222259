namespace L4ReMusl.HostTools;

/// <summary>The operating system of the host.</summary>
/// <param name="Name">Its name for people.</param>
/// <param name="IsDebianLike">Whether it is Debian, or claims to be like Debian.</param>
/// <param name="IsRoot">Whether this process runs as root.</param>
public sealed record HostSystem(string Name, bool IsDebianLike, bool IsRoot)
{
    static readonly string[] OsReleaseFiles = ["/etc/os-release", "/usr/lib/os-release"];

    /// <summary>Reads <c>/etc/os-release</c> (os-release(5)), or its second place if there is none.</summary>
    public static HostSystem Read() => Parse(
        OsReleaseFiles.Where(File.Exists).Select(File.ReadAllText).FirstOrDefault(""),
        Environment.IsPrivilegedProcess);

    /// <summary>Reads the content of an <c>os-release</c> file.</summary>
    public static HostSystem Parse(string osRelease, bool isRoot)
    {
        var fields = osRelease.Split('\n')
            .Select(line => line.Trim().Split('=', 2))
            .Where(parts => parts.Length == 2)
            .GroupBy(parts => parts[0], parts => parts[1].Trim('"', '\''))
            .ToDictionary(group => group.Key, group => group.Last());
        var ids = $"{fields.GetValueOrDefault("ID")} {fields.GetValueOrDefault("ID_LIKE")}".Split(' ');
        return new HostSystem(
            fields.GetValueOrDefault("PRETTY_NAME") ?? fields.GetValueOrDefault("NAME") ?? "this system",
            ids.Contains("debian") || ids.Contains("ubuntu"),
            isRoot);
    }
}

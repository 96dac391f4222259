namespace L4ReMusl.Sources;

/// <summary>The service that keeps every state of Debian's archive, each in a folder named after its time.</summary>
public static class DebianSnapshots
{
    /// <summary>Its address.</summary>
    public const string Address = "https://snapshot.debian.org/archive/debian";

    /// <summary>The URL of a file.</summary>
    /// <param name="time">A time at which Debian's archive had it, such as <c>20261130T000000Z</c>.</param>
    /// <param name="path">Its path in Debian's archive.</param>
    /// <param name="address">The service's address.</param>
    public static string UrlOf(string time, string path, string address = Address) => $"{address}/{time}/{path}";

    /// <summary>Whether a text is a time as the service writes it.</summary>
    public static bool IsTime(string text) => text is [.., 'Z'] and { Length: 16 } && text[8] == 'T'
        && !text.AsSpan(0, 8).ContainsAnyExceptInRange('0', '9') && !text.AsSpan(9, 6).ContainsAnyExceptInRange('0', '9');
}

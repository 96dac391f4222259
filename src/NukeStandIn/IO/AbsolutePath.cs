namespace Nuke.Common.IO;

/// <summary>A normalised absolute path of a POSIX system.</summary>
public sealed record AbsolutePath
{
    readonly string path;

    internal AbsolutePath(string path) => this.path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    public static implicit operator string(AbsolutePath path) => path?.path;

    /// <exception cref="ArgumentException">The right side is rooted.</exception>
    public static AbsolutePath operator /(AbsolutePath left, string right) => Path.IsPathRooted(right)
        ? throw new ArgumentException($"Second path must not be rooted, as '{right}' is")
        : new AbsolutePath($"{left.path}/{right}");

    public override string ToString() => path;
}

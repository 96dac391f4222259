namespace Nuke.Common.IO;

/// <summary>A normalised relative path.</summary>
public class RelativePath
{
    readonly string _path;

    RelativePath(string path) => _path = path;

    public static explicit operator RelativePath(string path) =>
        path is null ? null : new RelativePath(PathConstruction.NormalizePath(path));

    public static implicit operator string(RelativePath path) => path?._path;

    public static RelativePath operator /(RelativePath left, string right) =>
        (RelativePath)PathConstruction.Combine(left.NotNull()._path, right);

    public override string ToString() => _path;
}

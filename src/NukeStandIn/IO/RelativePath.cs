namespace Nuke.Common.IO;

/// <summary>A normalised relative path.</summary>
public class RelativePath
{
    readonly string path;

    RelativePath(string path) => this.path = path;

    public static explicit operator RelativePath(string path) =>
        path is null ? null : new RelativePath(PathConstruction.NormalizePath(path));

    public static implicit operator string(RelativePath path) => path?.path;

    public static RelativePath operator /(RelativePath left, string right) =>
        (RelativePath)PathConstruction.Combine(left.NotNull().path, right);

    public override string ToString() => path;
}

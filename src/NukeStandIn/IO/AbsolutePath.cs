using System.ComponentModel;
using System.Globalization;

namespace Nuke.Common.IO;

/// <summary>A normalised absolute path of a POSIX system. Both slashes separate, as they do in NUKE.</summary>
[TypeConverter(typeof(TypeConverter))]
public class AbsolutePath : IFormattable
{
    readonly string path;

    AbsolutePath(string path) => this.path = PathConstruction.NormalizePath(path);

    public string Name => Path.GetFileName(path);
    public string NameWithoutExtension => Path.GetFileNameWithoutExtension(path);

    /// <summary>The extension with its dot, or an empty text.</summary>
    public string Extension => Path.GetExtension(path);

    /// <summary>The folder above, or <see langword="null"/> for the root.</summary>
    public AbsolutePath Parent => path == "/" ? null : this / "..";

    public static AbsolutePath Create(string path) => new(path);

    /// <exception cref="ArgumentException">The path is not rooted.</exception>
    public static implicit operator AbsolutePath(string path)
    {
        if (path is null)
            return null;

        Assert.True(PathConstruction.HasPathRoot(path), $"Path '{path}' must be rooted");
        return new AbsolutePath(path);
    }

    public static implicit operator string(AbsolutePath path) => path?.path;

    public static AbsolutePath operator /(AbsolutePath left, Range range)
    {
        Assert.True(range.Equals(Range.All));
        return left.Parent;
    }

    /// <exception cref="ArgumentException">The right side is rooted, or leads above the root.</exception>
    public static AbsolutePath operator /(AbsolutePath left, string right) =>
        new(PathConstruction.Combine(left.NotNull(), right));

    public static AbsolutePath operator +(AbsolutePath left, string right) => new(left.path + right);

    public static bool operator ==(AbsolutePath a, AbsolutePath b) => Equals(a, b);

    public static bool operator !=(AbsolutePath a, AbsolutePath b) => !Equals(a, b);

    protected bool Equals(AbsolutePath other) => string.Equals(path, other.path, StringComparison.Ordinal);

    public override bool Equals(object obj) => obj is AbsolutePath other && other.GetType() == GetType() && Equals(other);

    public override int GetHashCode() => path.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => path;

    /// <summary>
    /// The path in double (<c>d</c>) or single quotes (<c>s</c>), or only if it holds a space (<c>dn</c>, <c>sn</c>),
    /// or without any (<c>nq</c>).
    /// </summary>
    public string ToString(string format) => format switch
    {
        "d" => Quote('"'),
        "dn" => path.Contains(' ') ? Quote('"') : path,
        "s" => Quote('\''),
        "sn" => path.Contains(' ') ? Quote('\'') : path,
        null or "nq" => path,
        _ => throw new ArgumentException($"Format '{format}' is not recognized"),
    };

    string IFormattable.ToString(string format, IFormatProvider formatProvider) => ToString(format);

    string Quote(char quote) => $"{quote}{path.Replace(quote.ToString(), "\\" + quote, StringComparison.Ordinal)}{quote}";

    public class TypeConverter : System.ComponentModel.TypeConverter
    {
        public override bool CanConvertFrom(ITypeDescriptorContext context, Type sourceType) =>
            sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

        /// <summary>Converts a text; a relative path is relative to the current folder.</summary>
        public override object ConvertFrom(ITypeDescriptorContext context, CultureInfo culture, object value) =>
            value is not string text ? base.ConvertFrom(context, culture, value)
            : PathConstruction.HasPathRoot(text) ? (AbsolutePath)text
            : (AbsolutePath)Environment.CurrentDirectory / text;
    }
}

using L4ReMusl.Foundation.Files;
using L4ReMusl.Images;
using L4ReMusl.Machines;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>Images of changed copies of the root file systems in <c>out</c>.</summary>
sealed class ChangedImages : IDisposable
{
    readonly TempFolder temp = new("another place ");

    public string this[params string[] parts] => temp[parts];

    /// <summary>Makes an image of a copy of a root file system, after applying <paramref name="change"/> to the copy.</summary>
    public string Make(Architecture architecture, IImageFormat format, Action<string> change)
    {
        var root = Artefacts.Layout.RootFs(architecture);
        var (copy, image) = (temp[$"root-{architecture}-{format.Name}"], temp[$"image-{architecture}-{format.Name}"]);
        FileTree.Copy(root, copy);
        change(copy);
        format.Write(copy, image, new ImageContext(Artefacts.Layout, TimeOf(root), Tools.OfHost));
        return image;
    }

    public static DateTimeOffset TimeOf(string root) => new(Directory.GetLastWriteTimeUtc(root), TimeSpan.Zero);

    public void Dispose() => temp.Dispose();
}

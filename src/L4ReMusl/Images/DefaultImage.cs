using L4ReMusl.Foundation.Files;
using L4ReMusl.Layout;
using L4ReMusl.Machines;

namespace L4ReMusl.Images;

/// <summary>The image without an architecture in its name, for users who want "the" root file system.</summary>
/// <param name="layout">Where the images are.</param>
/// <remarks>
/// A relative link, not a copy: it costs nothing, cannot be out of date, and shows which image it stands for. Tools that read
/// the image follow it, and the folder of images can be moved as a whole.
/// </remarks>
public sealed class DefaultImage(BuildLayout layout)
{
    /// <summary>The link.</summary>
    public string Path { get; } = System.IO.Path.Combine(layout.Images, "lsb_root.img");

    /// <summary>
    /// Points the link at the image for the default architecture or, if that was not built, at the first that was.
    /// </summary>
    /// <param name="architectures">All architectures.</param>
    /// <returns>The architecture whose image it is; <see langword="null"/> if there is no image, and so no link.</returns>
    public Architecture? Update(IReadOnlyList<Architecture> architectures)
    {
        var built = architectures.Where(architecture => File.Exists(layout.Ext4Image(architecture))).ToList();
        var chosen = built.Find(architecture => architecture.IsDefault) ?? built.FirstOrDefault();
        if (chosen is null)
        {
            File.Delete(Path);
            return null;
        }

        AtomicFile.Link(Path, System.IO.Path.GetFileName(layout.Ext4Image(chosen)));
        return chosen;
    }
}

using L4ReMusl.Layout;
using L4ReMusl.Machines;

namespace L4ReMusl.Images;

/// <summary>Where images of the root file system are.</summary>
public static class ImageLayout
{
    /// <summary>What the names of images of the root file system begin with.</summary>
    public const string RootName = "lsb_root";

    /// <summary>What the names of images of debug symbols begin with.</summary>
    public const string DebugName = "debug";

    extension(BuildLayout layout)
    {
        /// <summary>An image: of the root file system, or of what else its name begins with.</summary>
        public string Image(Architecture architecture, IImageFormat format, string name = RootName) =>
            Path.Combine(layout.Images, $"{name}-{architecture.Name}{format.Suffix}");

        /// <summary>The list of an image's content.</summary>
        public string ImageManifest(Architecture architecture, IImageFormat format) =>
            layout.Image(architecture, format) + ".mtree";

        /// <summary>The ext4 image of the root file system.</summary>
        public string Ext4Image(Architecture architecture) => layout.Image(architecture, ImageFormatCatalogue.Ext4);
    }
}

using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.HostTools;

namespace L4ReMusl.Images;

/// <summary>A format for images of root file systems.</summary>
/// <remarks>
/// Implementations have no state, so one object per format is enough, and the catalogue can describe it at any time.
/// </remarks>
public interface IImageFormat
{
    /// <summary>Its name on the command line, in lower case.</summary>
    string Name { get; }

    /// <summary>The suffix of its files, such as <c>.tar</c>.</summary>
    string Suffix { get; }

    /// <summary>The programs that write and read it.</summary>
    IReadOnlyList<HostTool> Tools { get; }

    /// <summary>
    /// What the bytes of an image depend on besides the tree, its time and this build's code, such as versions and options
    /// of tools.
    /// </summary>
    IEnumerable<(string Name, string Value)> Inputs(ImageContext context);

    /// <summary>
    /// Whether two machines with the same <see cref="Inputs"/> make the same bytes, so that they can share images.
    /// </summary>
    bool IsCacheable => true;

    /// <summary>
    /// Makes an image in which everything belongs to root and has the context's time; the same tree gives the same bytes.
    /// </summary>
    /// <param name="tree">The folder of its content.</param>
    /// <param name="image">The file to make.</param>
    /// <param name="context">What it is made with.</param>
    /// <returns>Figures to report besides the image's size.</returns>
    /// <exception cref="BuildException">The format cannot hold the tree, or a tool failed.</exception>
    IReadOnlyList<Figure> Write(string tree, string image, ImageContext context);

    /// <summary>Reads a whole image back, without mounting it, and checks it for damage.</summary>
    /// <param name="image">The image.</param>
    /// <param name="folder">An empty folder, which gets files, links and modes as they are in the image.</param>
    /// <param name="tools">Runs the format's tools.</param>
    /// <returns>The entries of the image, sorted by path.</returns>
    /// <exception cref="BuildException">The image is damaged, or has an entry that no root file system may have.</exception>
    IReadOnlyList<ImageEntry> Read(string image, string folder, ToolRunner tools);
}

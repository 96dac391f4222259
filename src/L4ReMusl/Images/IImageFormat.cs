using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.HostTools;

namespace L4ReMusl.Images;

/// <summary>A kind of image that root file systems are put into.</summary>
/// <remarks>Without state, so that one of each kind will do, and the catalogue can be asked about it before anything is decided.</remarks>
public interface IImageFormat
{
    /// <summary>Its name on the command line, in small letters.</summary>
    string Name { get; }

    /// <summary>What the names of its files end with, such as <c>.tar</c>.</summary>
    string Suffix { get; }

    /// <summary>The programs that write and read it.</summary>
    IReadOnlyList<HostTool> Tools { get; }

    /// <summary>All that the bytes of an image depend on besides the tree, its time and this build's code: versions of tools, settings.</summary>
    IEnumerable<(string Name, string Value)> Inputs(ImageContext context);

    /// <summary>Makes an image in which everything belongs to root and has the context's time; the same tree gives the same bytes.</summary>
    /// <param name="tree">The folder of its content.</param>
    /// <param name="image">The file to make.</param>
    /// <param name="context">What it is made with.</param>
    /// <returns>What there is to report besides the image's size.</returns>
    /// <exception cref="BuildException">The tree does not go into such an image, or a tool failed.</exception>
    IReadOnlyList<Figure> Write(string tree, string image, ImageContext context);

    /// <summary>Reads an image back, without mounting it: whole, and checked for damage.</summary>
    /// <param name="image">The image.</param>
    /// <param name="folder">An empty folder, which gets files, links and modes as they are in the image.</param>
    /// <param name="tools">Runs the format's tools.</param>
    /// <returns>What the image records, sorted by path.</returns>
    /// <exception cref="BuildException">The image is damaged, or holds what no root file system of this build does.</exception>
    IReadOnlyList<ImageEntry> Read(string image, string folder, ToolRunner tools);
}

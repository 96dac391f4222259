using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Text;
using L4ReMusl.Machines;
using L4ReMusl.Root;

namespace L4ReMusl.Images;

/// <summary>
/// Checks an image on its own: it must be readable and owned by root, and contain a root file system that follows all rules.
/// </summary>
/// <param name="tools">Runs the formats' tools.</param>
/// <param name="hostPaths">Paths of the host that must not appear in any file.</param>
public sealed class ImageInspection(ToolRunner tools, IReadOnlyList<string> hostPaths)
{
    /// <summary>Lists all that is wrong with an image; the list is empty if it is valid.</summary>
    /// <param name="format">Its format.</param>
    /// <param name="image">The image.</param>
    /// <param name="architecture">What its root file system is for.</param>
    public IReadOnlyList<string> Violations(IImageFormat format, string image, Architecture architecture)
    {
        using var scratch = new ScratchFolder();
        try
        {
            return
            [
                .. from entry in format.Read(image, scratch.Path, tools)
                   where entry.Owner != ImageEntry.Root
                   select $"{entry.Path}: its owner is {entry.Owner}, not root ({ImageEntry.Root})",
                .. new RootFsVerifier(architecture, hostPaths).Violations(scratch.Path),
            ];
        }
        catch (BuildException e)
        {
            return [e.Message];
        }
    }

    /// <summary>Fails if anything is wrong with an image.</summary>
    /// <param name="format">Its format.</param>
    /// <param name="image">The image.</param>
    /// <param name="architecture">What its root file system is for.</param>
    /// <exception cref="BuildException">Something is; the message lists all of it.</exception>
    public void Inspect(IImageFormat format, string image, Architecture architecture)
    {
        if (Violations(format, image, architecture) is { Count: > 0 } violations)
        {
            throw new BuildException(
                $"The image '{image}' is not a valid root file system for {architecture}; delete it, and rebuild it with the "
                + "target LsbRoot:"
                + IndentedLines.Of(violations));
        }
    }
}

using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;

namespace L4ReMusl.Boot;

/// <summary>Extracts the kernel from a kernel package.</summary>
/// <param name="tools">Runs <c>dpkg-deb</c> and <c>tar</c>.</param>
public sealed class KernelImage(ToolRunner tools)
{
    /// <summary>The script that extracts it. Debian names an uncompressed kernel vmlinux.</summary>
    /// <remarks>Not <c>dpkg-deb --extract</c>, because the modules, several hundred megabytes, are not needed here.</remarks>
    public const string Script =
        """dpkg-deb --fsys-tarfile "$1" | tar -x -C "$2" --no-same-owner --wildcards './boot/vmlinu[xz]-*'""";

    /// <summary>Writes the kernel to <paramref name="target"/>.</summary>
    /// <param name="kernel">What the package should be.</param>
    /// <param name="package">Its file.</param>
    /// <param name="target">The file to make, in a folder that exists.</param>
    /// <exception cref="BuildException">
    /// The package is not what it should be, or does not contain exactly one kernel.
    /// </exception>
    public void Extract(KernelPackage kernel, string package, string target)
    {
        if (!File.Exists(package) || Fingerprint.Sha256OfFile(package) != kernel.Sha256)
            throw new BuildException(
                $"{package} was deleted or changed while it was in use; run the build again to fetch it again.");
        var scratch = target + ".unpacked";
        Directory.CreateDirectory(scratch);
        tools.Run(new ToolInvocation("sh", "-c", Script, "sh", package, scratch)).OrThrow($"unpack {package}");
        if (FileTree.List(scratch).Where(entry => entry.IsFile).ToList() is not [var file])
            throw new BuildException(
                $"{kernel.Name} {kernel.Version} must contain exactly one file boot/vmlinuz-* or boot/vmlinux-*, and does not, "
                + "so it is not a kernel that can be booted; try --update-kernels.");
        File.Move(Path.Combine(scratch, file.Path), target);
        FileTree.Delete(scratch);
    }
}

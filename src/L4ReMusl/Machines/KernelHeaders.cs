using System.Globalization;
using System.Text.RegularExpressions;
using L4ReMusl.Foundation.Files;

namespace L4ReMusl.Machines;

/// <summary>The Linux kernel's headers for user space, as a distribution's cross compilers have them.</summary>
/// <param name="Folder">Where they lie, usually among those of a libc.</param>
/// <param name="Package">The Debian package that contains them.</param>
public sealed partial record KernelHeaders(string Folder, string Package)
{
    // What the kernel's "make headers_install" makes, in all versions.
    static readonly string[] Folders =
        ["asm", "asm-generic", "drm", "fwctl", "linux", "misc", "mtd", "rdma", "regulator", "scsi", "sound", "video", "xen"];

    // The only folder that a libc has as well.
    static readonly string[] OfLibc = ["scsi/scsi.h", "scsi/scsi_ioctl.h", "scsi/sg.h"];

    /// <summary>A file that is there if they are, and differs between their versions.</summary>
    public string Marker => Path.Combine(Folder, "linux", "version.h");

    /// <summary>The headers, as sorted paths below <see cref="Folder"/>, without those of a libc.</summary>
    public IReadOnlyList<string> Files =>
    [
        .. from folder in Folders
           let path = Path.Combine(Folder, folder)
           where Directory.Exists(path)
           from entry in FileTree.List(path)
           let header = $"{folder}/{entry.Path}"
           where header.EndsWith(".h", StringComparison.Ordinal) && !entry.IsFolder && !OfLibc.Contains(header)
           select header,
    ];

    /// <summary>The kernel's version, such as <c>6.1.4</c>.</summary>
    /// <exception cref="BuildException">The headers are missing, or do not say.</exception>
    public string Version
    {
        get
        {
            var said = VersionCode().Match(File.ReadAllText(Verified().Marker));
            return said.Success && int.Parse(said.Groups[1].Value, CultureInfo.InvariantCulture) is var code
                ? $"{code >> 16}.{(code >> 8) & 255}.{code & 255}"
                : throw new BuildException($"{Marker} does not say which version of the kernel it belongs to.");
        }
    }

    /// <summary>Identifies their contents, for a fingerprint; <c>none</c> if they are missing.</summary>
    public string Identity => File.Exists(Marker)
        ? Fingerprint.Sha256(string.Join(
            '\n', Files.Select(header => $"{header} {Fingerprint.Sha256OfFile(Path.Combine(Folder, header))}")))
        : "none";

    /// <summary>Those of an architecture.</summary>
    /// <param name="architecture">The architecture.</param>
    /// <param name="user">Who needs them, in the plural.</param>
    /// <param name="alternative">What else the user can do.</param>
    /// <exception cref="BuildException">The architecture's file does not name them.</exception>
    public static KernelHeaders Of(Architecture architecture, string user, string alternative) =>
        architecture.KernelHeaders ?? throw new BuildException(
            $"The file of {architecture} in config/architectures does not name the kernel's headers, which {user} need; "
            + $"add them, or {alternative}.");

    /// <summary>Makes sure that they are there.</summary>
    /// <exception cref="BuildException">They are missing; the message names their package.</exception>
    public KernelHeaders Verified() => File.Exists(Marker) ? this : throw new BuildException(
        $"The kernel's headers are not in {Folder}; install the package '{Package}'.");

    /// <summary>Copies them; what is already there is kept.</summary>
    /// <param name="folder">The folder to copy to.</param>
    /// <exception cref="BuildException">They are missing.</exception>
    public void CopyTo(string folder)
    {
        foreach (var header in Verified().Files)
        {
            var target = Path.Combine(folder, header);
            if (Path.Exists(target))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(Folder, header), target);
            File.SetUnixFileMode(target, FileModes.File);
        }
    }

    [GeneratedRegex(@"^#define LINUX_VERSION_CODE (\d+)$", RegexOptions.Multiline)]
    private static partial Regex VersionCode();
}

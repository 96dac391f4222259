namespace L4ReMusl.Machines;

/// <summary>The Linux kernel's headers for user space, as a distribution's cross compilers have them.</summary>
/// <param name="Folder">Where they lie.</param>
/// <param name="Package">The Debian package that contains them.</param>
public sealed record KernelHeaders(string Folder, string Package)
{
    /// <summary>A file that is there if they are, and differs between their versions.</summary>
    public string Marker => Path.Combine(Folder, "linux", "version.h");
}

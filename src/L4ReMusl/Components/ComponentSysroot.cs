using L4ReMusl.Foundation.Files;
using L4ReMusl.Machines;
using L4ReMusl.Stages;

namespace L4ReMusl.Components;

/// <summary>The sysroot that components are built against: the staged prefix, with the kernel's headers added.</summary>
/// <param name="prefix">Makes the prefix.</param>
/// <param name="architecture">Its architecture.</param>
public sealed class ComponentSysroot(IStage prefix, Architecture architecture)
{
    /// <summary>Identifies the kernel's headers, for a fingerprint.</summary>
    public string KernelVersion => architecture.KernelHeaders is { } headers && File.Exists(headers.Marker)
        ? Fingerprint.Sha256OfFile(headers.Marker)
        : "none";

    /// <summary>Makes a sysroot.</summary>
    /// <param name="sysroot">The folder to make.</param>
    /// <param name="dependencies">The folders of installed components whose headers and libraries go into it.</param>
    /// <exception cref="BuildException">The kernel's headers are missing.</exception>
    public void Write(string sysroot, IEnumerable<string> dependencies)
    {
        var headers = KernelHeaders.Of(architecture, "components", "build with --components musl").Verified();
        FileTree.Copy(prefix.Output, sysroot);
        headers.CopyTo(Path.Combine(sysroot, "include"));
        foreach (var installed in dependencies)
        {
            Overlay(Path.Combine(installed, "usr", "include"), Path.Combine(sysroot, "include"));
            foreach (var library in (string[])["lib", "usr/lib"])
                Overlay(Path.Combine(installed, library), Path.Combine(sysroot, "lib"));
        }
    }

    // Files that already exist are kept: the prefix takes precedence.
    static void Overlay(string from, string to)
    {
        if (!Directory.Exists(from))
            return;
        Directory.CreateDirectory(to);
        foreach (var entry in FileTree.List(from))
        {
            var target = Path.Combine(to, entry.Path);
            if (entry.IsFolder)
                Directory.CreateDirectory(target);
            else if (!Path.Exists(target) && entry.LinkTarget is { } link)
                File.CreateSymbolicLink(target, link);
            else if (!Path.Exists(target))
                File.Copy(Path.Combine(from, entry.Path), target);
        }
    }
}

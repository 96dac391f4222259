using L4ReMusl.Foundation.Processes;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>
/// Programs of the host, or else of Debian's packages, which are downloaded and unpacked in a folder. Nothing is installed, since
/// some of the packages would start servers.
/// </summary>
/// <param name="temp">Where to put them.</param>
sealed class DebianPrograms(TempFolder temp)
{
    /// <summary>A folder for PATH, with the programs that were found.</summary>
    public string Folder => temp["bin"];

    /// <summary>Where packages are unpacked.</summary>
    public string Root => temp["packages"];

    /// <summary>Downloads and unpacks packages, as far as there are any.</summary>
    public void Unpack(params IReadOnlyList<string> packages)
    {
        Directory.CreateDirectory(Root);
        foreach (var package in packages)
        {
            Tools.OfHost.Run(new ToolInvocation(
                "sh", "-c", "apt-get download \"$0\" && dpkg-deb --extract \"$0\"_*.deb . && rm \"$0\"_*.deb", package)
            {
                WorkingDirectory = Root,
                Timeout = TimeSpan.FromMinutes(2),
            });
        }
    }

    /// <summary>Finds a program, and puts it into <see cref="Folder"/>.</summary>
    /// <param name="name">The program.</param>
    /// <param name="check">An argument with which it ends successfully, if there is one.</param>
    /// <param name="packages">The packages that have it and its libraries.</param>
    /// <returns>Whether there is one that works.</returns>
    public bool Find(string name, string? check, params IReadOnlyList<string> packages)
    {
        var program = Path.Combine(Directory.CreateDirectory(Folder).FullName, name);
        if (Tools.OfHost.Find(name) is { } installed)
        {
            File.CreateSymbolicLink(program, installed);
            return true;
        }

        Unpack(packages);
        if (new[] { "usr/bin", "usr/sbin" }.Select(folder => Path.Combine(Root, folder, name)).FirstOrDefault(File.Exists)
            is not { } unpacked)
        {
            return false;
        }

        var libraries = string.Join(':', Directory.GetDirectories(Root, "*-linux-gnu*", SearchOption.AllDirectories));
        File.WriteAllText(program, $"#!/bin/sh\nLD_LIBRARY_PATH='{libraries}' exec '{unpacked}' \"$@\"\n");
        File.SetUnixFileMode(program, (UnixFileMode)0b111_101_101);
        return check is null || Tools.OfHost.Run(new ToolInvocation(program, check)).Succeeded;
    }
}

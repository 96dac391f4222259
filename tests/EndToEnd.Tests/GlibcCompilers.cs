using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>
/// Cross compilers of Debian in a folder of their own, each with all of glibc and of the compiler's libraries for it beside it,
/// so that whatever lets them in shows.
/// </summary>
public sealed class GlibcCompilers : IDisposable
{
    readonly TempFolder temp = new();
    readonly Dictionary<string, string> prefixes = [];

    public void Dispose() => temp.Dispose();

    /// <summary>What the names of an architecture's tools begin with.</summary>
    internal string Prefix(Architecture architecture)
    {
        if (!prefixes.TryGetValue(architecture.Name, out var prefix))
            prefixes[architecture.Name] = prefix = Unpack(architecture);
        return prefix;
    }

    /// <summary>The folder of a compiler's own files.</summary>
    internal static string Folder(string prefix) => Path.GetDirectoryName(Path.GetFullPath(
        Tools.OfHost.Run(new ToolInvocation(prefix + "gcc", "-print-libgcc-file-name")).OrThrow("ask").Output.Trim()))!;

    /// <summary>The folder of glibc.</summary>
    internal static string Glibc(string prefix) => Path.GetDirectoryName(Path.GetFullPath(
        Tools.OfHost.Run(new ToolInvocation(prefix + "gcc", "-print-file-name=libc.so")).OrThrow("ask").Output.Trim()))!;

    string Unpack(Architecture architecture)
    {
        var suffix = architecture.KernelHeaders!.Package["linux-libc-dev".Length..]; // Such as "-arm64-cross".
        var tools = architecture.CompilerPackage["gcc-".Length..];
        var packages = Tools.OfHost.Run(new ToolInvocation(
                "apt-cache",
                "depends", "--recurse", "--no-suggests", "--no-conflicts", "--no-breaks", "--no-replaces", "--no-enhances",
                architecture.CompilerPackage, $"g++-{tools}", $"libc6-dev{suffix}"))
            .OrThrow("list the compiler's packages").Output.Split('\n')
            .Where(line => line.Length > 0 && !char.IsWhiteSpace(line[0]))
            .Where(name => name.EndsWith(tools, StringComparison.Ordinal) || name.EndsWith(suffix, StringComparison.Ordinal));
        var programs = new DebianPrograms(temp);
        programs.Unpack([.. packages]);
        return Path.Combine(programs.Root, "usr", "bin", architecture.CrossPrefixes[0]);
    }
}

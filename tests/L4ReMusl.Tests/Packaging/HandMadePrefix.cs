using L4ReMusl.Machines;
using L4ReMusl.Musl;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Packaging;

/// <summary>A prefix with the layout of a staged one, with a few small files.</summary>
static class HandMadePrefix
{
    public static string Make(TempFolder temp, Architecture architecture, string name = "prefix")
    {
        WriteCommon(temp, architecture, name);
        temp.Write($"{name}/include/bits/alltypes.h", "typedef long time_t;\n");
        temp.Write($"{name}/lib/musl-gcc.specs", "*link:\n");
        temp.Write($"{name}/lib/pkgconfig/musl.pc", "prefix=${pcfiledir}/../..\n\nName: musl\nVersion: 1.2.5\n");
        File.SetUnixFileMode(temp.Write($"{name}/lib/libc.so", "libc"), (UnixFileMode)Convert.ToInt32("755", 8));
        File.CreateSymbolicLink(temp[name, "lib", architecture.Loader], "libc.so");
        File.CreateSymbolicLink(temp[name, "lib", "libm.so"], "libc.so");
        return temp[name];
    }

    /// <summary>The same of the l4re flavour, staged with an L4Re tree.</summary>
    public static string MakeNative(TempFolder temp, Architecture architecture, string name = "native")
    {
        WriteCommon(temp, architecture, name);
        temp.Write($"{name}/include/c++/vector", "");
        temp.Write($"{name}/lib/libstdc++.a", "!<arch>\n");
        temp.Write($"{name}/lib/musl-g++.specs", "");
        temp.Write($"{name}/lib/pkgconfig/musl-l4re.pc", "Version: 1.2.5\n");
        temp.Write($"{name}/lib/syscalls/semihosting/start.o", "another");
        foreach (var file in (string[])["start.o", "link.ld", "libsyscalls-l4re.a", "gcc.specs", "include/pthread-l4.h"])
            temp.Write($"{name}/lib/syscalls/l4re/{file}", file);
        temp.Write($"{name}/lib/syscalls/enosys/libsyscalls-enosys.a", "!<arch>\n");
        return temp[name];
    }

    static void WriteCommon(TempFolder temp, Architecture architecture, string name)
    {
        temp.Write($"{name}/include/stdio.h", "int printf(const char *, ...);\n");
        temp.Write($"{name}/lib/libc.a", "!<arch>\n");
        temp.Write($"{name}/{PrefixArchitecture.FileName}", PrefixArchitecture.Text(architecture));
    }
}

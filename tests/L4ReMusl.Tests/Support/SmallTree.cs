using L4ReMusl.Foundation.Processes;
using L4ReMusl.L4Re;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Musl;

namespace L4ReMusl.Tests.Support;

/// <summary>A folder that passes the checks of <see cref="L4ReTree"/>, a build folder, and a staged prefix.</summary>
sealed class SmallTree : IDisposable
{
    readonly TempFolder temp = new();

    public SmallTree()
    {
        foreach (var file in (string[])["mk/Makeconf", "mk/subdir.mk", "pkg/Makefile"])
            temp.Write($"l4/{file}", "");
        temp.Write("build/Makefile", $"SRC := {Source}\n");
        Configure("arm64", "armv8a", "arm_virt");
        temp.Write("build/include/l4/re/env.h", "");
        temp.Write("build/include/arm64/l4/sys/types.h", "");
        temp.Write("native/include/stdio.h", "/* stdio of the other flavour */\n");
        temp.Write("native/lib/libc.a", "another archive");
        temp.Write("native/lib/pkgconfig/musl-l4re.pc", "of the prefix alone");
        foreach (var file in (string[])
            ["l4re/start.o", "l4re/libsyscalls-l4re.a", "l4re/include/l4.h", "enosys/libsyscalls-enosys.a"])
            temp.Write($"native/lib/syscalls/{file}", file);
        temp.Write("native/lib/syscalls/l4re/gcc.specs", "of the prefix alone");
        temp.Write("prefix/include/stdio.h", "/* stdio */\n");
        temp.Write("prefix/include/bits/alltypes.h", "/* types */\n");
        temp.Write("prefix/lib/libc.a", "archive");
        temp.Write("prefix/lib/libc.so", "object");
        temp.Write("prefix/lib/musl-gcc.specs", "of the prefix alone");
        temp.Write("prefix/lib/pkgconfig/musl.pc", "of the prefix alone");
        temp.Write($"prefix/{PrefixArchitecture.FileName}", PrefixArchitecture.Text(ArchitectureCatalogue.Arm64));
        File.CreateSymbolicLink(temp["prefix", "lib", Loader], "libc.so");
    }

    public static string Loader => ArchitectureCatalogue.Arm64.Loader;

    public string Source => temp["l4"];

    public string Build => temp["build"];

    public string Prefix => temp["prefix"];

    /// <summary>A prefix of the l4re flavour.</summary>
    public string Native => temp["native"];

    public string this[params string[] parts] => temp[parts];

    public L4ReTree Open() => L4ReTree.Open(null, Build, ArchitectureCatalogue.All);

    public void Configure(string architecture, string cpu, string platform) => temp.Write(
        "build/.kconfig",
        $"# CONFIG_BUILD_ARCH_x86 is not set\nCONFIG_BUILD_ARCH_{architecture}=y\nCONFIG_BUILD_ARCH=\"{architecture}\"\n"
            + $"CONFIG_CPU=\"{cpu}\"\nCONFIG_PLATFORM_TYPE=\"{platform}\"\n");

    public string Write(string path, string content) => temp.Write(path, content);

    /// <summary>Runs an action with the tree's make, whose output goes to a log.</summary>
    public T With<T>(Func<TreeMake, T> action)
    {
        using var log = new CommandLog(Tools.OfHost, temp["log"]);
        return action(new TreeMake(Open(), new Toolchain(ArchitectureCatalogue.Arm64, "aarch64-linux-gnu-", "", ""), log));
    }

    public void Dispose() => temp.Dispose();
}

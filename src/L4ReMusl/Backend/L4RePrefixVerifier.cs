using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Text;
using L4ReMusl.Machines;
using L4ReMusl.Machines.Elf;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Musl;

namespace L4ReMusl.Backend;

/// <summary>
/// Checks a finished prefix of the l4re flavour: complete, for its architecture, and without a system call left in libc.
/// </summary>
/// <param name="prefix">The prefix.</param>
/// <param name="toolchain">What it must be for, and the disassembler.</param>
/// <param name="hostPaths">Paths of this machine, which must not appear in any file.</param>
/// <param name="tools">Runs the disassembler.</param>
public sealed class L4RePrefixVerifier(string prefix, Toolchain toolchain, IReadOnlyList<string> hostPaths, ToolRunner tools)
{
    /// <summary>The names of the static libraries beside libc: those of a prefix for Linux that need no files.</summary>
    public static IReadOnlyList<string> Libraries { get; } = [.. PrefixContract.Libraries.Except([PrefixLibrary.Coverage])];

    static string[] Files { get; } =
    [
        "include/stdio.h", "include/bits/alltypes.h", "include/bits/syscall.h",
        "lib/libc.a", "lib/crt1.o", "lib/crti.o", "lib/crtn.o",
        .. PrefixContract.Aliases.Select(name => $"lib/lib{name}.a"), .. Libraries.Select(PrefixLibrary.FileOf),
        "lib/pkgconfig/musl-l4re.pc", "bin/l4re-syscalls", "VERSION", "share/l4re-musl/COPYRIGHT",
        $"share/l4re-musl/{SyscallFunctions.ListName}", PrefixArchitecture.FileName, $"share/l4re-musl/{PrefixManifest.FileName}",
    ];

    /// <summary>Checks everything.</summary>
    /// <exception cref="BuildException">Something is wrong; the message lists it.</exception>
    public void Verify()
    {
        var problems = Files.Where(file => !File.Exists(Path.Combine(prefix, file))).Select(file => $"{file} is missing")
            .Concat(PrefixFiles.HostPaths(prefix, hostPaths))
            .Concat(ObjectsForOtherMachines())
            .Concat(SystemCalls())
            .ToList();
        if (problems.Count > 0)
            throw new BuildException(
                $"The prefix of the {Flavour.L4Re} flavour for {toolchain.Architecture} is not what it should be:"
                + IndentedLines.Of(problems.Take(20)));
    }

    BackendSupport Backend => toolchain.Architecture.Backend!; // Without it there would be no such prefix.

    IEnumerable<string> ObjectsForOtherMachines() =>
        from file in Directory.EnumerateFiles(Path.Combine(prefix, "lib"), "*.a", SearchOption.AllDirectories)
        let machines = ArArchive.Members(file).Select(member => new ElfFile(member, file).Machine).Distinct()
        from machine in machines
        where machine != toolchain.Architecture.Machine
        select $"{Path.GetRelativePath(prefix, file)} is for {machine}, not for {toolchain.Architecture.Machine}";

    IEnumerable<string> SystemCalls()
    {
        var library = Path.Combine(prefix, "lib", "libc.a");
        if (!File.Exists(library))
            return [];
        var instruction = $"\t{Backend.SystemCall}";
        var name = "";
        var found = new SortedSet<string>(StringComparer.Ordinal);
        tools.Run(new ToolInvocation(toolchain.Tool("objdump"), "-d", "--no-show-raw-insn", library), line =>
        {
            if (line.EndsWith(">:", StringComparison.Ordinal))
                name = line.Split('<')[^1].TrimEnd('>', ':');
            else if (line.Contains(instruction, StringComparison.Ordinal))
                found.Add(name);
        }).OrThrow("disassemble the flavour's libc.a");
        return found.Select(function => $"lib/libc.a has a system call instruction in {function}");
    }
}

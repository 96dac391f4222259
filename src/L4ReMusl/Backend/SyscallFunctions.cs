using System.Text;
using System.Text.RegularExpressions;
using L4ReMusl.Musl;

namespace L4ReMusl.Backend;

/// <summary>Turns musl's list of system call numbers into a list of functions.</summary>
/// <remarks>
/// The idea is Rich Felker's (musl's mailing list, on ports to kernels that are not Linux): if <c>SYS_foo</c> is the address of
/// a function <c>SYS_foo_function</c> and <c>__syscall</c> a call of it, the linker brings in the system calls that a program
/// uses, and no others.
/// </remarks>
public static partial class SyscallFunctions
{
    /// <summary>The file to replace, below <c>arch/NAME</c>.</summary>
    public const string HeaderPath = "bits/syscall.h.in";

    /// <summary>
    /// The list beside it, for code that handles all calls: a line <c>SYSCALL(name, number)</c> for each.
    /// </summary>
    public const string ListName = "syscalls.def";

    /// <summary>Reads the names and numbers in a pristine <c>bits/syscall.h.in</c>, in its order.</summary>
    /// <param name="header">The text.</param>
    /// <param name="path">Where it comes from, for the message.</param>
    /// <exception cref="BuildException">A line has an unknown form.</exception>
    public static IReadOnlyList<(string Name, string Number)> Read(string header, string path) =>
    [
        .. from line in header.Split('\n')
           where line.Trim().Length > 0
           let call = Definition().Match(line)
           select call.Success
               // ARM has private calls, to which musl's Makefile gives no SYS_ name.
               ? ((call.Groups["arm"].Success ? "arm_" : "") + call.Groups["name"].Value, call.Groups["number"].Value)
               : throw new BuildException(
                   $"'{path}' has the line '{line}', which does not define the number of a system call: the {Flavour.L4Re} "
                   + "flavour does not support this version of musl; leave --flavours out, or build another --musl-version."),
    ];

    /// <summary>The header that replaces it.</summary>
    /// <remarks>It defines no <c>__NR_</c>, which musl's Makefile would turn into numbers again.</remarks>
    public static string Header(IEnumerable<(string Name, string Number)> calls)
    {
        var text = new StringBuilder("/* Generated: a system call is a function, whose address is its number. */\n");
        text.Append("#ifdef __cplusplus\nextern \"C\" {\n#endif\n");
        foreach (var (name, _) in calls)
            text.Append($"long SYS_{name}_function();\n#define SYS_{name} ((long)SYS_{name}_function)\n");
        return text.Append("#ifdef __cplusplus\n}\n#endif\n").ToString();
    }

    /// <summary>The list of names and numbers.</summary>
    public static string List(IEnumerable<(string Name, string Number)> calls) =>
        string.Concat(calls.Select(call => $"SYSCALL({call.Name}, {call.Number})\n"));

    [GeneratedRegex(@"^#define\s+__(?:(?<arm>ARM_)NR|NR)_(?<name>\w+)\s+(?<number>(?:0x)?[0-9a-fA-F]+)\s*$")]
    private static partial Regex Definition();
}

using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines.Elf;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Musl;
using L4ReMusl.Rust;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>The unwinder of Rust's programs, which rustc links without the rest of the compiler's runtime.</summary>
public sealed class UnwinderTests : IDisposable
{
    // What only the linker defines.
    static readonly string[] OfLinker = ["_GLOBAL_OFFSET_TABLE_", "__exidx_start", "__exidx_end", "_DYNAMIC"];

    // GCC 14's unwinder for arm64 exchanges words like this. On arm, a division is what the compiler's code leaves to libgcc.
    const string More = """
        unsigned long exchange(unsigned long *word) { return __atomic_exchange_n(word, 7, __ATOMIC_ACQ_REL); }
        unsigned long long divide(unsigned long long a, unsigned long long b) { return a / b; }

        """;

    readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void Whatever_it_refers_to_is_in_it_or_in_libc(string name)
    {
        Write(ToolchainFor(name), name);

        Unresolved(name).Should().BeEmpty();
    }

    [Theory]
    [InlineData("arm64", "__aarch64_swp8_acq_rel", "-moutline-atomics")]
    [InlineData("arm", "__aeabi_uldivmod")]
    public void What_the_compilers_unwinder_needs_of_libgcc_comes_along(string name, string function, params string[] options)
    {
        var (prefix, original) = (StagedPrefix.Of(name), ToolchainFor(name));
        Run(original, "gcc", ["-O2", "-fPIC", "-c", temp.Write("more.c", More), "-o", temp["more.o"], .. options]);
        File.Copy(Run(original, "gcc", "-print-file-name=libgcc_eh.a").Trim(), temp["libgcc_eh.a"]);
        Run(original, "ar", "q", temp["libgcc_eh.a"], temp["more.o"]);
        Symbols(original, temp["libgcc_eh.a"]).Should().Contain((function, 'U')).And.NotContain((function, 'T'));

        Write(CompilerWith(temp["libgcc_eh.a"], original), name);

        Symbols(original, temp["libgcc_s.a"]).Should().Contain((function, 'T'));
        Unresolved(name).Should().BeEmpty();
        temp.Write("main.c", """
            unsigned long exchange(unsigned long *);
            unsigned long long divide(unsigned long long, unsigned long long);
            int main(void)
            {
                unsigned long word = 84;
                return divide(exchange(&word), 2) == 42 && word == 7 ? 0 : 1;
            }

            """);
        prefix.Compile(temp["main.c"], temp["main"], "-nodefaultlibs", temp["libgcc_s.a"], "-lc");
        prefix.Run(temp["main"]).Succeeded.Should().BeTrue();
    }

    static Toolchain ToolchainFor(string name) => new ToolchainLocator(Tools.OfHost).Locate(Artefacts.Named(name), null);

    void Write(Toolchain toolchain, string name) => new Unwinder(toolchain, Tools.OfHost).Write(
        temp["libgcc_s.a"],
        new PrefixLibrary(PrefixLibrary.FindObject, Artefacts.Layout, toolchain, Tools.OfHost),
        StagedPrefix.Of(name).Path);

    // The names of its tools begin like those of another compiler.
    Toolchain CompilerWith(string unwinder, Toolchain original)
    {
        temp.Write("bin/other-gcc", $"""
            #!/bin/sh
            case $1 in -print-file-name=libgcc_eh.a) echo '{unwinder}' ;; *) exec {original.Tool("gcc")} "$@" ;; esac

            """);
        foreach (var tool in (string[])["ar", "nm"])
            temp.Write($"bin/other-{tool}", $"#!/bin/sh\nexec {original.Tool(tool)} \"$@\"\n");
        foreach (var file in Directory.EnumerateFiles(temp["bin"]))
            File.SetUnixFileMode(file, (UnixFileMode)0b111_101_101);
        return original with { Prefix = temp["bin", "other-"] };
    }

    IEnumerable<string> Unresolved(string name)
    {
        var symbols = Symbols(ToolchainFor(name), temp["libgcc_s.a"]);
        return symbols.Where(symbol => symbol.Type == 'U').Select(symbol => symbol.Name)
            .Except(symbols.Where(symbol => symbol.Type is >= 'A' and <= 'Z' and not 'U').Select(symbol => symbol.Name))
            .Except(new ElfFile(Path.Combine(StagedPrefix.Of(name).Path, "lib", "libc.so")).ExportedSymbols())
            .Except(OfLinker);
    }

    static List<(string Name, char Type)> Symbols(Toolchain toolchain, string archive) =>
    [
        .. Run(toolchain, "nm", "--format=posix", archive).Split('\n')
            .Select(line => line.Split(' '))
            .Where(words => words is [_, { Length: 1 }, ..])
            .Select(words => (words[0], words[1][0])),
    ];

    static string Run(Toolchain toolchain, string tool, params string[] arguments) =>
        Tools.OfHost.Run(new ToolInvocation(toolchain.Tool(tool), arguments)).OrThrow($"run {tool}").Output;
}

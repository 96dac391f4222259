using L4ReMusl.Foundation.Processes;
using L4ReMusl.Images;
using L4ReMusl.Machines.Elf;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>A debugger on the host sees musl's functions and lines in a program that runs in emulation.</summary>
[Trait("Speed", "long")]
public sealed class DebugSymbolTests : IDisposable
{
    const string Program = """
        #include <stdlib.h>
        static int compare(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
        int main(void) { int numbers[] = {3, 1, 2}; qsort(numbers, 3, sizeof *numbers, compare); return numbers[0]; }

        """;

    readonly RepositoryCopy copy = new();
    readonly TempFolder temp = new();

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void A_backtrace_through_libc_has_names_and_lines(string name)
    {
        var architecture = Artefacts.Named(name);
        copy.Program.Run(
                "LsbRoot", "--debug-symbols", "--components", "musl", "--image-formats", "tar", "--architectures", name)
            .OrThrow("build");
        var prefix = new StagedPrefix(architecture, copy.Layout.Prefix(architecture));
        var program = temp["program"];
        prefix.Compile(temp.Write("program.c", Program), program, "-g");
        var id = new ElfFile(Path.Combine(prefix.Path, "lib", "libc.so")).BuildId!;
        var symbols = Path.Combine(copy.Layout.DebugSymbols(architecture), "usr", "lib", "debug");

        var said = Debug(
            prefix, program,
            [$"set debug-file-directory {symbols}", $"set substitute-path /usr/src/musl '{copy.Layout.MuslSource}'"],
            ["break compare", "continue", "backtrace", "up", "list"]);

        said.Should().MatchRegex(@"#0 .* compare \(").And.MatchRegex(@"#\d+ .* in \w*qsort\w* \(.* at src/stdlib/qsort\.c:\d+")
            .And.Contain("#1", "the compiler has not inlined it all").And.Contain("cmp(", "these are lines of qsort.c");
        var image = copy.Layout.Image(architecture, ImageFormatCatalogue.Tar, ImageLayout.DebugName);
        Tools.OfHost.Run(new ToolInvocation("tar", "-tf", image)).OrThrow("list the image").Output
            .Should().Contain($"usr/lib/debug/.build-id/{id[..2]}/{id[2..]}.debug");
    }

    public void Dispose()
    {
        copy.Dispose();
        temp.Dispose();
    }

    string Debug(StagedPrefix prefix, string program, string[] settings, string[] commands)
    {
        var port = BackgroundProgram.FreePort();
        using var emulator = new BackgroundProgram(
            temp["output"], [prefix.Architecture.QemuUser, "-g", $"{port}", "-L", prefix.Path, program]);
        string[] all =
            [$"set sysroot {prefix.Path}", .. settings, $"file {program}", $"target remote :{port}", .. commands, "kill"];
        return Tools.OfHost.Run(new ToolInvocation(
            "gdb-multiarch", ["-batch", "-nx", .. all.SelectMany(command => new[] { "-ex", command })])
        {
            Timeout = TimeSpan.FromMinutes(1),
        }).Output;
    }
}

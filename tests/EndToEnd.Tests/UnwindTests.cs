using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines.Elf;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>
/// Backtraces and exceptions with the compiler's own unwinder, which is made for glibc, and on arm64 needs a function that musl
/// lacks.
/// </summary>
public sealed class UnwindTests : IDisposable
{
    // Each round found two callers, and cleaned up the three frames from the inside out.
    const string Unwound = "3 imo\n3 imo\n";

    static readonly string Folder = Path.Combine(RepositoryRoot.Path, "tests", "EndToEnd.Tests", "programs");

    static readonly string Program = Path.Combine(Folder, "unwind.c"), Middle = Path.Combine(Folder, "unwind-middle.c");

    readonly TempFolder temp = new("unwinding ");

    public static IEnumerable<object[]> Links =>
        from architecture in Artefacts.Architectures
        from link in new[] { "-pie", "-no-pie", "-static", "-static-pie" }
        select new[] { architecture[0], link };

    public void Dispose() => temp.Dispose();

    [Theory]
    [MemberData(nameof(Links))]
    public void An_exception_travels_through_a_program_that_is_linked_in_any_way(string name, string link)
    {
        var prefix = StagedPrefix.Of(name);
        string[] options = link == "-pie" ? ["-fPIE", link] : [link];

        prefix.Compile(Program, temp["program"], [Middle, "-fexceptions", .. options]);

        prefix.Run(temp["program"]).Should().Match<ToolResult>(result => result.Succeeded && result.Output == Unwound);
        var exported = new ElfFile(temp["program"]).ExportedSymbols();
        exported.Should().NotContain("_dl_find_object", "each program has its own, for itself alone");
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void A_static_program_with_an_unwinder_and_keys_but_no_mutexes_starts(string name)
    {
        var prefix = StagedPrefix.Of(name);
        var source = temp.Write("keys.c", """
            #include <pthread.h>
            #include <unwind.h>

            static _Unwind_Reason_Code count(struct _Unwind_Context *frame, void *frames)
            {
                (void)frame;
                ++*(int *)frames;
                return _URC_NO_REASON;
            }

            int main(void)
            {
                pthread_key_t key;
                int frames = 0;
                _Unwind_Backtrace(count, &frames);
                return pthread_key_create(&key, NULL) || !frames;
            }

            """);

        prefix.Compile(source, temp["keys"], "-static", "-fexceptions");

        prefix.Run(temp["keys"]).Succeeded.Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void It_travels_through_a_shared_library(string name)
    {
        var prefix = StagedPrefix.Of(name);
        prefix.Compile(Middle, temp["libmiddle.so"], "-shared", "-fPIC", "-fexceptions");

        prefix.Compile(Program, temp["program"], "-fexceptions", $"-L{temp.Path}", "-lmiddle", $"-Wl,-rpath,{temp.Path}");

        new ElfFile(temp["program"]).Needed.Should().BeEquivalentTo("libmiddle.so", "libc.so");
        prefix.Run(temp["program"]).Should().Match<ToolResult>(result => result.Succeeded && result.Output == Unwound);
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void A_program_that_does_not_unwind_contains_no_unwinder(string name)
    {
        var prefix = StagedPrefix.Of(name);

        prefix.Compile(temp.Write("empty.c", "int main(void) { return 0; }\n"), temp["program"], $"-Wl,-Map={temp["map"]}");

        File.ReadAllText(temp["map"]).Should().NotContain("dl_find_object.o");
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void It_travels_where_system_calls_are_functions(string name)
    {
        var prefix = FlavourPrefix.Of(name);

        prefix.Compile(Program, temp["linux"], Middle, "-fexceptions", "--backend=linux");
        prefix.Compile(Program, temp["bare"], Middle, "-fexceptions", "--backend=semihosting");

        prefix.RunOnLinux(temp["linux"]).Should().Match<ToolResult>(result => result.Succeeded && result.Output == Unwound);
        prefix.RunOnBareMachine(temp["bare"]).Should().Match<ToolResult>(result => result.Succeeded && result.Output == Unwound);
    }
}

using L4ReMusl.Foundation.Processes;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>A debugger on the host debugs a program in the booted system, over a second serial line.</summary>
[Trait("Speed", "long")]
public sealed class GdbserverTests : IDisposable
{
    const string Program = """
        #include <cstdlib>
        #include <stdexcept>
        #include <thread>
        static int compare(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
        static void sort()
        {
            int numbers[] = {5, 4, 3};
            qsort(numbers, 3, sizeof *numbers, compare);
            try {
                throw std::runtime_error("sorted");
            } catch (const std::exception &) {
                _Exit(numbers[0]);
            }
        }
        int main() { std::thread(sort).join(); }

        """;

    readonly RepositoryCopy copy = new();
    readonly TempFolder temp = new();

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void A_backtrace_from_the_guest_goes_through_a_thread_and_libc(string name)
    {
        var architecture = Artefacts.Named(name);
        string[] options =
        [
            "--languages", "c", "c++", "--debug-symbols", "--components", "musl", "busybox", "gdbserver",
            "--architectures", name,
        ];
        copy.Program.Run(["Stage", .. options]).OrThrow("make the prefix");
        var prefix = new StagedPrefix(architecture, copy.Layout.Prefix(architecture));
        var program = temp["debugged"];
        var inGuest = copy["config", "components", "gdbserver", "root", "usr", "bin", "debugged"];
        Directory.CreateDirectory(Path.GetDirectoryName(inGuest)!);
        Run(prefix.Tool("g++"), "-g", "-o", program, temp.Write("debugged.cc", Program));
        Run(prefix.Tool("strip"), "-o", inGuest, program);
        copy.Program.Run(["Image", .. options]).OrThrow("make the boot set");

        var port = BackgroundProgram.FreePort();
        using var guest = new TerminalSession(
            $"'{Path.Combine(copy.Layout.BootSet(architecture), "run")}'",
            new Dictionary<string, string>
            {
                ["QEMU_OPTIONS"] = $"-chardev socket,id=gdb,host=127.0.0.1,port={port},server=on,wait=off "
                    + "-device pci-serial,chardev=gdb",
            });
        guest.WaitFor(" # ");
        guest.Type("gdbserver /dev/ttyS0 /usr/bin/debugged");
        guest.WaitFor("Remote debugging using /dev/ttyS0");
        string[] commands =
        [
            $"set sysroot {prefix.Path}", $"set solib-search-path {prefix.Path}/lib",
            $"set debug-file-directory {copy.Layout.DebugSymbols(architecture)}/usr/lib/debug",
            $"file {program}", $"target remote :{port}", "break compare", "continue", "backtrace 20", "delete", "catch catch",
            "continue", "backtrace 20", "continue",
        ];
        var said = Tools.OfHost.Run(new ToolInvocation(
            "gdb-multiarch", ["-batch", "-nx", .. commands.SelectMany(command => new[] { "-ex", command })])
        {
            Timeout = TimeSpan.FromMinutes(2),
        }).Output;

        said.Should().MatchRegex(@"#0 .*compare ?\(").And.MatchRegex(@"#\d+ .* in \w*qsort\w* \(.* at src/stdlib/qsort\.c:\d+")
            .And.MatchRegex(@"#\d+ .* in sort ?\(\) at .*debugged\.cc:\d+")
            .And.MatchRegex(@"#\d+ .* in (start|__clone) \(", "the backtrace goes through libstdc++ to the thread's start")
            .And.MatchRegex(@"Catchpoint \d+ \(exception caught\)")
            .And.MatchRegex(@"exited with code 0?3\]");
    }

    static void Run(string tool, params string[] arguments) =>
        Tools.OfHost.Run(new ToolInvocation(tool, arguments)).OrThrow($"run {tool}");

    public void Dispose()
    {
        copy.Dispose();
        temp.Dispose();
    }
}

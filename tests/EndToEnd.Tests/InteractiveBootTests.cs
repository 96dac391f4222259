using L4ReMusl.Foundation.Files;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>A person at the terminal of a booted system.</summary>
public sealed class InteractiveBootTests
{
    // The arithmetic keeps what is typed from being taken for what it prints.
    const string Ask = "; echo done-$((6*7))", Done = "done-42";

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void The_script_of_a_boot_set_leads_to_a_prompt_where_the_usual_commands_work(string name)
    {
        using var terminal = new TerminalSession($"'{Path.Combine(Artefacts.Layout.BootSet(Artefacts.Named(name)), "run")}'");

        terminal.WaitFor("l4re-musl: FHS layout with the musl C library.");
        terminal.WaitFor(" # ");
        Answer(terminal, "ps").Should().MatchRegex(@"(?m)^ +1 (0|root) .*init");
        Answer(terminal, "ls -l /lib").Should().MatchRegex($@"-rwxr-xr-x +1 (0|root) +(0|root) .*{Artefacts.Named(name).Loader}");
        Answer(terminal, "mount").Should().Contain("tmpfs on /run type tmpfs").And.MatchRegex(@" on / type \w+ \(ro");
        Answer(terminal, "touch /here || touch /tmp/there && ls /tmp").Should().Contain("Read-only file system").And.Contain("there");
        Answer(terminal, "trap 'echo interrupted' INT; kill -INT $$").Should().Contain("interrupted").And.NotContain("job control turned off");
        Answer(terminal, "tty").Should().Contain("/dev/ttyAMA0", "the shell's terminal is the real device");
        Answer(terminal, "echo home=$HOME").Should().Contain("home=/root");
        terminal.Screen.Should().NotContain("can't access tty");
        Answer(terminal, "sleep 3; pgrep -f 'sh -l' | wc -l").Should().MatchRegex(@"(?m)^1$", "the shell that was started at first is the only one");
        terminal.Type("poweroff");
        terminal.WaitFor("reboot: Power down");
        terminal.WaitForExit().Should().Be(0);
    }

    [Fact]
    public void Run_boots_what_was_built_in_the_terminal()
    {
        using var copy = new RepositoryCopy().WithOutput();
        FileTree.Copy(Artefacts.Layout.BootSet(ArchitectureCatalogue.Arm64), copy.Layout.BootSet(ArchitectureCatalogue.Arm64));
        using var terminal = copy.Program.AtTerminal("Run", "--architectures", "arm64", "--no-provision");

        terminal.WaitFor("Ctrl-A X ends QEMU");
        terminal.WaitFor(" # ");
        Answer(terminal, "hostname").Should().Contain("l4re-musl");
        terminal.Type("poweroff");
        terminal.WaitFor("Build succeeded");
        terminal.WaitForExit().Should().Be(0);
    }

    static string Answer(TerminalSession terminal, string command)
    {
        var before = terminal.Screen.Length;
        terminal.Type(command + Ask);
        terminal.WaitFor(Done);
        return terminal.Screen[before..].Replace("\r", "", StringComparison.Ordinal);
    }
}

using L4ReMusl.Boot;
using L4ReMusl.Smoke;

namespace L4ReMusl.Tests.Smoke;

public class L4ReVerdictTests
{
    static readonly Dictionary<string, long> Sizes =
        new() { ["ld-musl.so.1"] = 914128, ["libc.so"] = 914128, ["lsb_root.img"] = 13631488 };

    static readonly string[] Modules =
    [
        "MOE: Hello world", "Ned: MUSL-MODULES BEGIN", "Ned: MUSL-MODULES ld-musl.so.1 914128",
        "Ned: MUSL-MODULES libc.so 914128", "Ned: MUSL-MODULES lsb_root.img 13631488",
        "Ned: MUSL-MODULES no-such-module missing",
        "Ned: MUSL-MODULES END present=3 missing=1",
    ];

    static readonly (string, int)[] Commands = [("test rom/text", 0), ("test exit 42", 42)];

    static readonly string[] Native =
    [
        "MUSL-NATIVE BEGIN test rom/text", "test  | SELF-TEST memory ok", "SELF-TEST threads ok 4 of them",
        "SELF-TEST END ok passed=2 failed=0", "MUSL-NATIVE EXIT 0 test rom/text", "MUSL-NATIVE BEGIN test exit 42",
        "MUSL-NATIVE EXIT 42 test exit 42", "MUSL-NATIVE END 2",
    ];

    [Fact]
    public void Modules_with_their_sizes_are_good() => OfModules(Modules).Should().BeNull();

    [Theory]
    [InlineData("libc.so 914128", "libc.so missing", "the module libc.so was not seen with its 914128 bytes")]
    [InlineData("lsb_root.img 13631488", "lsb_root.img 13631487", "the module lsb_root.img was not seen with its 13631488 bytes")]
    [InlineData("no-such-module missing", "no-such-module 1", "did not report the module that is missing")]
    [InlineData("END present=3", "END present=4", "did not finish")]
    public void What_is_wrong_with_the_modules_is_reported(string text, string instead, string told) =>
        OfModules([.. Modules.Select(line => line.Replace(text, instead, StringComparison.Ordinal))]).Should().Contain(told);

    [Fact]
    public void A_boot_that_stops_before_the_script_is_told_with_how_it_ended() =>
        L4ReVerdict.OfModules(
                new SerialOutput(["MOE: Hello world"], TimeSpan.FromSeconds(9), null), new Dictionary<string, long>())
            .Reason.Should().Contain("it was still running after 9 s, and was killed");

    [Fact]
    public void Commands_that_end_as_they_should_are_good() => OfTasks(Native).Should().BeNull();

    [Theory]
    [InlineData("MUSL-NATIVE BEGIN test exit", "x", "'test exit 42' was not started")]
    [InlineData("MUSL-NATIVE EXIT 0 test rom", "x", "'test rom/text' did not end")]
    [InlineData("MUSL-NATIVE EXIT 42", "MUSL-NATIVE EXIT 0", "'test exit 42' did not end with exit code 42")]
    [InlineData("threads ok", "threads FAIL", "had failed checks: SELF-TEST threads FAIL")]
    [InlineData("SELF-TEST END ok passed=2 failed=0", "", "did not finish its checks; 2 passed")]
    [InlineData("passed=2", "passed=3", "did not finish its checks")]
    [InlineData("MUSL-NATIVE END 2", "", "the script did not finish")]
    public void What_is_wrong_with_a_command_is_reported(string text, string instead, string told) =>
        OfTasks([.. Native.Select(line => line.Replace(text, instead, StringComparison.Ordinal))]).Should().Contain(told);

    [Fact]
    public void The_lines_of_another_image_do_not_count()
    {
        string[] others = [.. Native.Select(line => line.Replace("MUSL-NATIVE", "MUSL-EXAMPLE", StringComparison.Ordinal))];

        OfTasks(others, BootEntry.Example).Should().BeNull();
        OfTasks(others).Should().Contain("was not started");
    }

    [Fact]
    public void Checks_before_a_command_began_do_not_count_for_it() =>
        OfTasks(
        [
            "SELF-TEST memory ok", "SELF-TEST END ok passed=1 failed=0", "MUSL-NATIVE BEGIN test rom/text",
            "MUSL-NATIVE EXIT 0 test rom/text", .. Native[5..],
        ])
            .Should().Contain("checks; 0 passed");

    static string? OfModules(string[] lines) =>
        L4ReVerdict.OfModules(new SerialOutput(lines, TimeSpan.FromSeconds(9), 0), Sizes).Reason;

    static string? OfTasks(string[] lines) => OfTasks(lines, BootEntry.Native);

    static string? OfTasks(string[] lines, BootEntry entry) =>
        L4ReVerdict.OfTasks(new SerialOutput(lines, TimeSpan.FromSeconds(9), 0), entry, Commands, ["test rom/text"]).Reason;
}

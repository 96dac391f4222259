using L4ReMusl.Tests.Support;

namespace Bootstrap.Tests;

/// <summary>Which files <c>.ci/shellcheck</c> takes for shell scripts, in a small repository made for it.</summary>
public sealed class ShellScriptTests : IDisposable
{
    readonly TempFolder temp = new("shell scripts ");

    public ShellScriptTests()
    {
        foreach (var file in new[] { ".ci/shellcheck", ".ci/shellcheck.exceptions" })
        {
            temp.Write(file, "");
            File.Copy(Path.Combine(Repository.Source, file), temp[file], overwrite: true);
        }

        // Each exception is for a file that is there.
        foreach (var line in File.ReadLines(temp[".ci", "shellcheck.exceptions"]).Where(line => !line.StartsWith('#')))
            temp.Write(line.Split(' ')[1], "#!/bin/sh\n");
        using var git = Run.Start("git", temp.Path, [], "init", "--quiet");
        git.ExitCode.Should().Be(0, git.Errors);
        using var add = Run.Start("git", temp.Path, [], "add", ".");
        add.ExitCode.Should().Be(0, add.Errors);
    }

    [Fact]
    public void A_script_is_what_names_a_shell_in_its_first_line_or_is_sourced_by_one()
    {
        temp.Write("new/plain", "#!/bin/sh\necho\n");
        temp.Write("new/with-options", "#!/bin/sh -eu\necho\n");
        temp.Write("new/found-in-path", "#!/usr/bin/env bash\necho\n");
        temp.Write("new/@TEMPLATE@-gcc", "#!/bin/sh\nexec @CROSS@gcc\n");
        temp.Write("new/one line", "#!/bin/sh");
        temp.Write("new/sourced.sh", "export A=b\n");
        temp.Write("new/etc/profile", "export A=b\n");
        temp.Write("new/both.cmd", ":; exec sh\n@echo off\n");
        temp.Write("new/other-language", "#!/usr/bin/env python3\n");
        temp.Write("new/words.md", "Scripts begin with\n#!/bin/sh\n");
        temp.Write("new/empty", "");
        temp.Write(".gitignore", "/new/ignored\n");
        temp.Write("new/ignored", "#!/bin/sh\n");
        File.CreateSymbolicLink(temp["new", "link"], "plain");

        using var list = List("new");

        list.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().BeEquivalentTo(
            "new/plain", "new/with-options", "new/found-in-path", "new/@TEMPLATE@-gcc", "new/one line", "new/sourced.sh",
            "new/etc/profile", "new/both.cmd");
        (list.ExitCode, list.Errors).Should().Be((0, ""));
    }

    [Fact]
    public void A_program_whose_language_is_not_known_is_an_error()
    {
        File.SetUnixFileMode(temp.Write("program", "echo\n"), (UnixFileMode)0b111_101_101);

        using var list = List();

        list.ExitCode.Should().Be(1);
        list.Errors.Should().StartWith(".ci/shellcheck: program is executable, but its first line does not say what runs it; ");
    }

    [Fact]
    public void A_path_that_is_not_there_is_an_error()
    {
        using var list = List("new", "nowhere");

        list.ExitCode.Should().Be(1);
        list.Errors.Should().Be(".ci/shellcheck: the repository has no file in: new nowhere\n");
    }

    [Fact]
    public void An_exception_for_a_file_that_is_gone_is_an_error()
    {
        File.AppendAllText(temp[".ci", "shellcheck.exceptions"], "SC2086 gone/script for no reason\n");

        using var list = List();

        list.ExitCode.Should().Be(1);
        list.Errors.Should().Be(
            ".ci/shellcheck: gone/script has exceptions in .ci/shellcheck.exceptions, but is not there; remove them.\n");
    }

    public void Dispose() => temp.Dispose();

    Run List(params string[] paths) => Run.Start(temp[".ci", "shellcheck"], Path.GetTempPath(), [], ["--list", .. paths]);
}

using L4ReMusl.Components;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines;
using L4ReMusl.Machines.Elf;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>
/// Components: a library and a program that needs it, each added with a description and a script, and those of the repository.
/// </summary>
public sealed class ComponentTests : IDisposable
{
    static readonly Architecture Arm64 = ArchitectureCatalogue.Arm64;

    readonly RepositoryCopy copy = new RepositoryCopy().WithOutput();

    public ComponentTests()
    {
        Directory.CreateDirectory(copy["distfiles"]);
        Add("libgreet", """
            $CC $CFLAGS -g -shared -fPIC -Wl,-soname,libgreet.so greet.c -o libgreet.so
            install -D libgreet.so $DESTDIR/usr/lib/libgreet.so
            install -D greet.h $DESTDIR/usr/include/greet.h
            """, "", new TestArchive()
            .File("libgreet-1.0/greet.h", "const char *greet(void);\n")
            .File("libgreet-1.0/greet.c", """
                #include <linux/limits.h>
                #include "greet.h"
                const char *greet(void) { return ARG_MAX > 0 ? "hello from " __FILE__ : 0; }

                """));
        Add("greeter", """
            $CC $CFLAGS main.c -lgreet -o greeter
            install -D -m 700 greeter $DESTDIR/usr/bin/greeter
            """, """
            "dependsOn": ["libgreet"],
            "checks": [{ "name": "greets", "run": ["/usr/bin/greeter"], "prints": "hello from greet.c" }],
            """, new TestArchive()
            .File("greeter-1.0/main.c", "#include <greet.h>\n#include <stdio.h>\nint main(void) { puts(greet()); return 0; }\n"));
    }

    [Fact]
    public void A_component_that_needs_another_brings_it_along_and_both_are_in_the_root_and_pass_their_checks()
    {
        var said = Build("SmokeTest", "--smoke-level", "2", "--components", "musl", "greeter").OrThrow("build");

        var text = BuildProgram.Text(said);
        text.Should().MatchRegex(@"(?m)^libgreet +built +1\.0").And.MatchRegex(@"(?m)^greeter +built +1\.0")
            .And.MatchRegex(@"(?m)^musl +up to date").And.MatchRegex(@"(?m)^busybox +skipped +not selected, see --components");
        text.Should().MatchRegex(@"level 2 of 2 reached.*no higher level was requested \(--smoke-level 2\)");
        var root = copy.Layout.RootFs(Arm64);
        new ElfFile($"{root}/usr/bin/greeter").Needed.Should().Equal("libgreet.so", "libc.so");
        File.GetUnixFileMode($"{root}/usr/bin/greeter").Should()
            .Be((UnixFileMode)0b111_101_101, "what its owner may execute everybody may");
        Artefacts.Emulate(Arm64, root, $"{root}/usr/bin/greeter").Output.Should().Be("hello from greet.c\n");
        File.ReadAllText($"{root}/usr/libexec/l4re-musl/smoke.d/greeter").Should()
            .Be("check greeter.greets 'hello from greet.c' '/usr/bin/greeter'\n");
        File.ReadAllText($"{root}/etc/passwd").Should()
            .Contain("root:x:0:0:root:/root:/sbin/nologin", "no component brings a shell");
        File.Exists($"{root}/sbin/init").Should().BeFalse();
    }

    [Fact]
    public void One_may_be_built_from_its_own_folder_and_replace_files_of_others()
    {
        var folder = copy["config", "components", "own"];
        Directory.CreateDirectory(Path.Combine(folder, "src"));
        Directory.CreateDirectory(Path.Combine(folder, "root", "etc", "empty")); // Which git would not keep.
        File.WriteAllText(Path.Combine(folder, "src", "main.c"), "int main(void) { return 0; }\n");
        File.WriteAllText(Path.Combine(folder, ComponentScript.FileName), """
            #!/bin/sh
            $CC $CFLAGS main.c -o greeter
            install -D greeter $DESTDIR/usr/bin/greeter
            install -D main.c $DESTDIR/usr/include/own.h
            install -D main.c $DESTDIR/usr/lib/libown.a
            test -f "$MESON_CROSS_FILE"

            """);
        File.WriteAllText(Path.Combine(folder, Component.FileName), """
            {
              "description": "for tests", "dependsOn": ["greeter"], "replaces": ["/usr/bin/greeter"],
              "checks": [{ "name": "in-guest", "run": ["/usr/bin/false"], "prints": "", "bootedOnly": true }]
            }
            """);
        Edit("greeter", Component.FileName, "[{ \"name\": \"greets\"", "[{ \"bootedOnly\": true, \"name\": \"greets\"");

        Build("SmokeTest", "--smoke-level", "2", "--components", "own").OrThrow("build");

        var root = copy.Layout.RootFs(Arm64);
        new ElfFile($"{root}/usr/bin/greeter").Needed.Should().Equal("libc.so");
        foreach (var path in (string[])["usr/include/own.h", "usr/include/greet.h", "usr/lib/libown.a", "etc/empty"])
            Path.Exists(Path.Combine(root, path)).Should().BeFalse(path);
        File.Exists($"{root}/usr/lib/libgreet.so").Should().BeTrue();
        File.ReadAllText($"{root}/usr/libexec/l4re-musl/smoke.d/own").Should().Be("check own.in-guest '' '/usr/bin/false'\n");
    }

    [Fact]
    public void Only_what_changed_is_built_again_and_what_depends_on_it()
    {
        Build("CompileComponents", "--components", "greeter").OrThrow("build");
        Table(Build("CompileComponents", "--components", "greeter")).Should()
            .Contain("greeter up to date").And.Contain("libgreet up to date");

        Edit("greeter", Component.FileName, "hello from greet.c", "good day");
        Table(Build("CompileComponents", "--components", "greeter")).Should()
            .Contain("greeter up to date", "a check does not change what is built");
        Edit("libgreet", ComponentScript.FileName, "$CFLAGS -g", "$CFLAGS");
        Table(Build("CompileComponents", "--components", "greeter")).Should()
            .Contain("greeter built").And.Contain("libgreet built");
        var failed = Build("SmokeTest", "--smoke-level", "2", "--components", "greeter");
        failed.Succeeded.Should().BeFalse();
        BuildProgram.Text(failed).Should().Contain("level 1 of 2 reached")
            .And.Contain("The check greeter.greets failed for arm64").And.Contain("instead of 'good day'");
    }

    [Fact]
    public void One_in_a_language_that_prefixes_lack_is_refused_at_once()
    {
        var failed = Build("LsbRoot", "--plan", "--components", "musl", "gdbserver");

        failed.ExitCode.Should().NotBe(0);
        BuildProgram.Text(failed).Should().Contain("gdbserver needs a compiler for c++").And.Contain("add --languages c c++")
            .And.NotContain("   at ");
    }

    [Fact]
    public void A_script_that_fails_is_shown_and_the_others_are_built_all_the_same()
    {
        Edit("libgreet", ComponentScript.FileName, "$CC $CFLAGS", "echo this goes wrong >&2; exit 3; $CC");
        Add("single", "mkdir $DESTDIR/opt", "", new TestArchive().File("single-1.0/README", ""));

        var failed = Build("LsbRoot", "--components", "greeter", "single");

        failed.ExitCode.Should().NotBe(0);
        var text = BuildProgram.Text(failed);
        text.Should().MatchRegex(@"(?m)^libgreet +FAILED").And.MatchRegex(@"(?m)^greeter +skipped +needs libgreet")
            .And.MatchRegex(@"(?m)^single +built");
        text.Should().Contain("Could not build libgreet for arm64: 'sh' ended with exit code 3")
            .And.Contain("  this goes wrong").And.Contain("libgreet-arm64.log").And.NotContain("   at ");
        Directory.Exists(copy.Layout.Component(Arm64, "libgreet")).Should().BeFalse();
        Directory.EnumerateFileSystemEntries(Path.Combine(copy.Layout.Output, ".scratch")).Should().BeEmpty();
    }

    [Theory]
    [InlineData("true", "", "installed nothing into $DESTDIR; correct ")]
    [InlineData("false\nmkdir $DESTDIR/opt", "", "Could not build wrong for arm64: 'sh' ended with exit code 1")]
    [InlineData("gcc -x c -o x - < main.c; install -D x $DESTDIR/bin/x", "", "built /bin/x for X8664, not for arm64")]
    [InlineData(
        "mkdir $DESTDIR/bin", "\"init\": \"/sbin/init\",", "declares /sbin/init, but the script of wrong did not install it")]
    [InlineData(
        "install -D main.c $DESTDIR/etc/passwd",
        "",
        "has /etc/passwd, which the root file system has already")]
    public void A_component_that_is_not_what_it_should_be_is_an_error_that_says_so(string script, string fields, string message)
    {
        Add("wrong", script, fields, new TestArchive().File("wrong-1.0/main.c", "int main(void) { return 0; }\n"));

        var failed = Build("LsbRoot", "--components", "wrong");

        failed.ExitCode.Should().NotBe(0);
        BuildProgram.Text(failed).Should().Contain(message).And.NotContain("   at ");
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void Busybox_is_a_dynamic_program_for_the_right_machine_that_needs_nothing_but_libc(string name)
    {
        var architecture = Artefacts.Named(name);
        var busybox = new ElfFile(Path.Combine(Artefacts.Layout.Component(architecture, "busybox"), "bin", "busybox"));

        busybox.Machine.Should().Be(architecture.Machine);
        busybox.FloatAbi.Should().Be(architecture.FloatAbi);
        busybox.Interpreter.Should().Be(architecture.Interpreter);
        busybox.Needed.Should().Equal("libc.so");
    }

    public void Dispose() => copy.Dispose();

    // With its own cache, since components of other tests have the same names.
    ToolResult Build(string target, params string[] arguments) => copy.Program.Run(
    [
        target, "--architectures", "arm64", "--offline", "--mirrors", copy["distfiles"],
        Path.Combine(BuildProgram.CacheFolder, "downloads"), "--cache-folder", copy["cache"], .. arguments,
    ]);

    static string Table(ToolResult result) => string.Join('\n', BuildProgram.Text(result.OrThrow("build")).Split('\n')
        .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));

    void Edit(string name, string fileName, string from, string to)
    {
        var file = copy["config", "components", name, fileName];
        File.WriteAllText(file, File.ReadAllText(file).Replace(from, to, StringComparison.Ordinal));
    }

    void Add(string name, string script, string fields, TestArchive sources)
    {
        var archive = sources.Save(copy["distfiles", $"{name}-1.0.tar.gz"]);
        Directory.CreateDirectory(copy["config", "components", name]);
        File.WriteAllText(copy["config", "components", name, ComponentScript.FileName], $"#!/bin/sh\n{script}\n");
        File.WriteAllText(copy["config", "components", name, Component.FileName], $$"""
            {
              "description": "for tests",
              {{fields}}
              "source": {
                "name": "{{name}}", "version": "1.0", "released": "2024-02-29", "topFolder": "{{name}}-1.0",
                "fileName": "{{name}}-1.0.tar.gz", "size": {{new FileInfo(archive).Length}},
                "sha256": "{{Fingerprint.Sha256OfFile(archive)}}", "urls": [], "debianPool": null, "signature": null
              }
            }
            """);
    }
}

using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Musl;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>Prefixes with the kernel's headers, used with compilers and build systems.</summary>
public sealed class KernelHeaderTests(KernelHeaderPrefixes prefixes) : IClassFixture<KernelHeaderPrefixes>, IDisposable
{
    // musl's, which include some of the kernel's.
    static readonly string[] OfMusl = ["sys/kd.h", "sys/vt.h", "sys/soundcard.h"];

    readonly TempFolder temp = new("kernel headers ");

    public void Dispose() => temp.Dispose();

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void What_compiles_alone_with_glibc_compiles_alone_with_musl(string name)
    {
        var prefix = prefixes.Of(name);
        var glibc = new ToolchainLocator(Tools.OfHost).Locate(prefix.Architecture, null).Tool("gcc");
        var headers = prefix.Architecture.KernelHeaders!.Files
            .Where(header => Path.GetDirectoryName(header) is "linux" or "asm").Concat(OfMusl).ToList();

        var failing = new ConcurrentBag<string>();
        Parallel.ForEach(
            headers,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            header =>
            {
                if (!Compiles(prefix.Tool("gcc"), header) && (OfMusl.Contains(header) || Compiles(glibc, header)))
                    failing.Add(header);
            });

        headers.Should().HaveCountGreaterThan(500).And.Contain(["linux/futex.h", "linux/input.h", "asm/unistd.h"]);
        failing.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void A_program_that_needs_them_runs(string name)
    {
        var prefix = prefixes.Of(name);
        var source = temp.Write("futex.c", """
            #include <linux/futex.h>
            #include <linux/version.h>
            #include <stdio.h>
            #include <sys/kd.h>
            #include <sys/syscall.h>
            #include <unistd.h>

            int main(void)
            {
                int word = 0;
                return printf("%d %ld\n", KDSETMODE, syscall(SYS_futex, &word, FUTEX_WAKE, 1, NULL, NULL, 0)) < 0;
            }

            """);

        prefix.Compile(source, temp["futex"]);

        prefix.Run(temp["futex"]).Should().Match<ToolResult>(run => run.Succeeded && run.Output == "19258 0\n");
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void The_l4re_flavour_can_have_them_too(string name)
    {
        var source = temp.Write("kd.c", "#include <linux/input.h>\n#include <sys/kd.h>\nint main(void) { return BUS_USB; }\n");

        prefixes.FlavourOf(name).Compile(source, temp["kd"], "--backend=linux");

        prefixes.FlavourOf(name).RunOnLinux(temp["kd"]).ExitCode.Should().Be(3);
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void Nothing_else_in_the_prefix_differs_and_the_documents_name_them(string name)
    {
        var with = prefixes.Of(name);
        prefixes.MakeWithout(name, temp["without"]);

        var differences = Contents(with.Path).Except(Contents(temp["without"])).Select(line => line.Split(' ')[0]).ToList();
        differences.Where(path => !FileTree.IsWithin(path, KernelHeadersFolder.Name)).Should().Equal(
            "lib/musl-gcc.specs", $"share/l4re-musl/{PrefixManifest.FileName}");
        differences.Should().HaveCountGreaterThan(800);
        Contents(temp["without"]).Select(line => line.Split(' ')[0]).Should().BeSubsetOf(
            Contents(with.Path).Select(line => line.Split(' ')[0]));
        File.ReadAllText(temp["without", "lib", "musl-gcc.specs"]).Should().NotContain(KernelHeadersFolder.Name);
        File.ReadLines(Path.Combine(with.Path, "share", "l4re-musl", PrefixManifest.FileName)).Should().Contain(
            line => line.StartsWith($"./{KernelHeadersFolder.Name}/linux/futex.h ") && line.Contains("mode=0644"));
        foreach (var prefix in new[] { with.Path, prefixes.FlavourOf(name).Path })
        {
            var thing = JsonNode.Parse(File.ReadAllText(Path.Combine(prefix, PrefixContract.Documents, "sbom.cdx.json")))!
                ["components"]!.AsArray().Single(component => (string)component!["name"]! == "linux-libc-dev")!;
            ((string)thing["version"]!).Should().Be(with.Architecture.KernelHeaders!.Version);
            thing["licenses"]!.ToJsonString().Should().Contain("GPL-2.0-only WITH Linux-syscall-note");
        }
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void Checks_of_build_systems_find_them(string name)
    {
        var data = Path.Combine(prefixes.Of(name).Path, "share", "l4re-musl");
        temp.Write("project/CMakeLists.txt", """
            cmake_minimum_required(VERSION 3.18)
            project(check C)
            include(CheckIncludeFile)
            check_include_file(linux/futex.h HAVE_FUTEX)
            check_include_file(sys/kd.h HAVE_KD)
            if(NOT HAVE_FUTEX OR NOT HAVE_KD)
              message(FATAL_ERROR "not found")
            endif()
            """);
        temp.Write("project/meson.build", """
            project('check', 'c')
            foreach header : ['linux/futex.h', 'sys/kd.h']
              meson.get_compiler('c').has_header(header, required: true)
            endforeach
            """);

        Tools.OfHost.Run(new ToolInvocation(
            "cmake", "-S", temp["project"], "-B", temp["cmake"], $"-DCMAKE_TOOLCHAIN_FILE={data}/toolchain.cmake"))
            .OrThrow("check with CMake");
        Tools.OfHost.Run(new ToolInvocation(
            "meson", "setup", "--cross-file", $"{data}/meson-cross.ini", temp["meson"], temp["project"])
        {
            Environment = new Dictionary<string, string>
            {
                ["PATH"] = $"{prefixes.Of(name).Path}/bin:{Environment.GetEnvironmentVariable("PATH")}",
            },
        }).OrThrow("check with Meson");
    }

    static bool Compiles(string compiler, string header) => Tools.OfHost.Run(
        new ToolInvocation(compiler, "-fsyntax-only", "-x", "c", "-") { Input = $"#include <{header}>\n" }).Succeeded;

    // Without the documents, which another stage makes.
    static List<string> Contents(string prefix) =>
    [
        .. from entry in FileTree.List(prefix)
           where !FileTree.IsWithin(entry.Path, PrefixContract.Documents) && !entry.IsFolder
           select $"{entry.Path} {entry.LinkTarget ?? Fingerprint.Sha256OfFile(Path.Combine(prefix, entry.Path))} {entry.Mode}",
    ];
}

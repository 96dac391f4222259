using System.Text.RegularExpressions;
using L4ReMusl.Backend;
using L4ReMusl.Checks;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>
/// The parts of linux-run that need no L4Re: tests/linux-run/images.c checks how it reads ELF files and lays out stacks.
/// </summary>
public sealed partial class LinuxRunTests : IDisposable
{
    readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void Programs_are_read_and_stacks_laid_out_as_on_Linux(string architecture)
    {
        var personality = Artefacts.Layout.Personality;
        StagedPrefix.Of(architecture).Compile(
            Path.Combine(RepositoryRoot.Path, "tests", "linux-run", "images.c"),
            temp["images"],
            "-static",
            Path.Combine(personality, "image.c"),
            Path.Combine(personality, "stack.c"));

        var result = Tools.OfHost.Run(new ToolInvocation(Artefacts.Named(architecture).QemuUser, temp["images"]));

        var report = CheckReport.Read(result.Output.Split('\n'));
        report.Failed.Should().BeEmpty();
        report.IsComplete.Should().BeTrue($"it said: {result.Output}{result.Error}");
    }
    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void All_of_it_compiles_with_the_backend_where_there_is_no_L4Re_tree(string name)
    {
        var prefix = FlavourPrefix.Of(name);
        var sources = new LinuxRunSources(Artefacts.Layout.Personality, prefix.Architecture);
        DeclareL4Re();

        var result = Tools.OfHost.Run(new ToolInvocation(
            FlavourCompiler.PathIn(prefix.Path, prefix.Architecture),
            [
                "--backend=semihosting", .. sources.Options, "-O0", "-r", "-nostdlib", "-Wl,--entry=main",
                "-isystem", temp["include"], "-I", Path.Combine(prefix.Path, "share", "l4re-musl"),
                "-o", temp["linux-run.o"], .. sources.Files,
            ])
        {
            WorkingDirectory = sources.Folder,
        });

        result.ExitCode.Should().Be(0, $"it said: {result.Error}");
    }

    [GeneratedRegex("#include <(l4/[^>]*)>")]
    private static partial Regex L4ReHeader();

    // Each header that is included declares everything.
    void DeclareL4Re()
    {
        var declarations = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "tests", "linux-run", "l4.h"));
        var headers =
            from folder in new[] { Artefacts.Layout.Personality, Artefacts.Layout.Backends }
            from entry in FileTree.List(folder)
            where entry.IsFile
            from Match include in L4ReHeader().Matches(File.ReadAllText(Path.Combine(folder, entry.Path)))
            select include.Groups[1].Value;
        foreach (var header in headers.Distinct())
            temp.Write(Path.Combine("include", header), declarations);
    }
}

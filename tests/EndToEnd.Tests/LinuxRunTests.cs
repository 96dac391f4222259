using L4ReMusl.Checks;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>
/// The parts of linux-run that need no L4Re: tests/linux-run/images.c checks how it reads ELF files and lays out stacks.
/// </summary>
public sealed class LinuxRunTests : IDisposable
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
}

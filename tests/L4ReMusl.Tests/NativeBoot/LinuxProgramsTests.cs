using L4ReMusl.Foundation.Files;
using L4ReMusl.NativeBoot;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.NativeBoot;

public sealed class LinuxProgramsTests : IDisposable
{
    readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public void The_folder_has_all_that_the_commands_name_and_the_root_is_not_compressed()
    {
        File.WriteAllText(temp["linux-run"], "program");
        Directory.CreateDirectory(temp["tests"]);
        foreach (var name in LinuxPrograms.TestPrograms.Concat(LinuxPrograms.TestScripts))
            File.WriteAllText(Path.Combine(temp["tests"], name), name);
        GzipFile.Write(temp["root.cpio.gz"], stream => stream.Write("070701"u8));

        LinuxPrograms.Write(temp["folder"], temp["linux-run"], temp["tests"], temp["root.cpio.gz"]);

        var words = LinuxPrograms.Commands.SelectMany(command => command.Command.Split(' ')).ToList();
        var modules = words.Where(word => word.Contains("rom/", StringComparison.Ordinal))
            .Select(word => word[(word.IndexOf("rom/", StringComparison.Ordinal) + "rom/".Length)..])
            .Append(words[0]);
        modules.Should().OnlyContain(name => File.Exists(Path.Combine(temp["folder"], name)));
        File.ReadAllText(temp["folder", "lsb_root.cpio"]).Should().Be("070701");
        File.ReadAllLines(temp["folder", "commands"]).Should().Equal(LinuxPrograms.Commands.Select(command => command.Command));
    }
}

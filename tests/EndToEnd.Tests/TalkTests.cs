using L4ReMusl.Backend;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>Pipes, events and sockets: what the backends serve within one task is compared with what Linux does.</summary>
public sealed class TalkTests : IDisposable
{
    static readonly string Folder = Path.Combine(RepositoryRoot.Path, "tests", "EndToEnd.Tests", "programs", "talk");

    readonly TempFolder temp = new("descriptors that talk ");

    public static IEnumerable<object[]> Programs =>
        from architecture in Artefacts.Architectures
        from source in Directory.GetFiles(Folder, "*.c").Order(StringComparer.Ordinal)
        select new[] { architecture[0], Path.GetFileNameWithoutExtension(source) };

    public void Dispose() => temp.Dispose();

    [Theory]
    [MemberData(nameof(Programs))]
    public void The_expectations_hold_on_Linux_and_without_any_kernel(string name, string source)
    {
        var prefix = FlavourPrefix.Of(name);
        var programs = new BackendPrograms(prefix.Architecture, temp.Path, $"the program {source}", "", Tools.OfHost);
        foreach (var backend in BackendPrograms.Backends)
        {
            prefix.Compile(
                Path.Combine(Folder, $"{source}.c"), temp[backend], $"--backend={backend}", "-Wextra", "-Werror",
                backend == BackendPrograms.Linux ? "-DIN_USER_EMULATION" : "-UIN_USER_EMULATION");
        }

        var checks = programs.RunOnLinux();

        checks.Should().HaveCountGreaterThan(15).And.OnlyHaveUniqueItems();
        programs.RunOnBareMachine().Should().BeEquivalentTo(checks);
    }
}

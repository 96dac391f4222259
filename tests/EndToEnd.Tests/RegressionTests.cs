using L4ReMusl.Foundation.Processes;
using L4ReMusl.Patching;
using L4ReMusl.Tests.Support;
using L4ReMusl.Versions;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>
/// Each program in tests/regressions/musl passes on every version of musl. Without the patches, it shows the bug if the patch is
/// in the version's series, and passes if the patch's header says that the release has the fix.
/// </summary>
public abstract class RegressionTests<T>(MuslBuilds builds) : IClassFixture<MuslBuilds>, IDisposable
    where T : IOneArchitecture
{
    // A good program takes seconds, but more than a minute was seen on a very busy machine. A program that hangs shows its bug.
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    static readonly TimeSpan PatienceWithBugs = TimeSpan.FromSeconds(10);

    static readonly string Folder = Path.Combine(RepositoryRoot.Path, "tests", "regressions", "musl");

    readonly TempFolder temp = new();

    /// <summary>Program, version and kind of linking, from the programs' first lines.</summary>
    public static IEnumerable<object[]> Cases =>
        CasesWhere((program, version) => HasBug(program, version) || HasFix(program, version));

    /// <summary>The cases in which the release has the bug.</summary>
    public static IEnumerable<object[]> CasesWithBug => CasesWhere(HasBug);

    static IEnumerable<object[]> CasesWhere(Func<string, string, bool> isWanted) =>
        from file in Directory.EnumerateFiles(Folder, "*.c").Order(StringComparer.Ordinal)
        let program = Path.GetFileNameWithoutExtension(file)
        where Words(file, "// arch:").Contains(T.Name)
        from version in MuslBuilds.Versions
        where isWanted(program, version)
        from link in Words(file, "// link:")
        select new object[] { program, version, link };

    public void Dispose()
    {
        temp.Dispose();
        GC.SuppressFinalize(this); // For classes that inherit this one.
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void With_the_series_it_passes(string program, string version, string link) =>
        Outcome(builds.Prefix(version, isPristine: false, T.Name), program, link, Patience).Should().Be("ok");

    [Theory]
    [MemberData(nameof(CasesWithBug))]
    public void On_the_pristine_release_it_fails(string program, string version, string link) =>
        Outcome(builds.Prefix(version, isPristine: true, T.Name), program, link, PatienceWithBugs).Should().NotBe("ok");

    [Fact]
    public void Every_program_is_run_and_has_a_version_on_which_it_shows_its_bug() => Directory.EnumerateFiles(Folder, "*.c")
        .Should().OnlyContain(file => Words(file, "// arch:").Length > 0 && Words(file, "// link:").Length > 0
            && Words(file, "// arch:").All(name => name == ArmRegressionTests.Name || name == Arm64RegressionTests.Name)
            && MuslBuilds.Versions.Any(version => HasBug(Path.GetFileNameWithoutExtension(file), version)));

    string Outcome(StagedPrefix prefix, string program, string link, TimeSpan patience)
    {
        var source = Path.Combine(Folder, program + ".c");
        var compiled = prefix.TryCompile(
            source, temp["program"], [.. Words(source, "// options:"), .. link == "static" ? ["-static"] : (string[])[]]);
        if (!compiled.Succeeded)
            return $"not compiled: {compiled.Error}";
        var said = new List<string>();
        string[] cpu = [.. Words(source, "// cpu:").SelectMany(name => new[] { "-cpu", name })];
        var result = Tools.OfHost.RunWithin(
            new ToolInvocation(prefix.Architecture.QemuUser, [.. cpu, "-L", prefix.Path, temp["program"]]) { Timeout = patience },
            said.Add);
        return result is null ? "still running"
            : result.Succeeded ? result.Output.TrimEnd()
            : $"exit code {result.ExitCode}: {string.Join('\n', said)}";
    }

    static bool HasBug(string program, string version) => MuslBuilds.SeriesOf(version).Any(patch => IsOf(patch, program));

    static bool HasFix(string program, string version) =>
        MuslBuilds.Versions.SelectMany(MuslBuilds.SeriesOf)
            .Any(patch => IsOf(patch, program) && SeriesTrial.HasFix(patch, version));

    static bool IsOf(Patch patch, string program) => patch.FileName == program + ".patch";

    // The fields before the first line of code; a missing field has no words.
    static string[] Words(string file, string field) =>
    [
        .. File.ReadLines(file).Take(10).Where(line => line.StartsWith(field, StringComparison.Ordinal))
            .SelectMany(line => line[field.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)),
    ];
}

/// <summary>Tests for one architecture: classes run at the same time, the tests of a class one after the other.</summary>
public interface IOneArchitecture
{
    /// <summary>The name of the architecture.</summary>
    static abstract string Name { get; }
}

/// <summary>On arm.</summary>
public sealed class ArmRegressionTests(MuslBuilds builds) : RegressionTests<ArmRegressionTests>(builds), IOneArchitecture
{
    public static string Name => "arm";
}

/// <summary>On arm64.</summary>
public sealed class Arm64RegressionTests(MuslBuilds builds) : RegressionTests<Arm64RegressionTests>(builds), IOneArchitecture
{
    public static string Name => "arm64";
}

using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests;

/// <summary>The rooms of the code: a room is a folder of src/L4ReMusl, and a namespace.</summary>
public sealed class RoomTests
{
    // A room may use rooms on lower floors only, so no two rooms need each other.
    static readonly string[][] Floors =
    [
        ["Foundation"],
        ["Stages", "Machines", "Sources", "Patching", "HostTools"],
        ["Debian", "Layout", "L4Re", "Checks", "CommandLine", "Caching"],
        ["Musl", "Versions"],
        ["Backend", "Packaging"],
        ["Cxx", "Rust"],
        ["Components"],
        ["Root"],
        ["Images"],
        ["Boot"],
        ["Auditing", "NativeBoot", "Smoke"],
        ["Sboms"],
        ["Packs"],
        ["Settings"],
        ["Graph"],
        ["Goals"],
    ];

    static readonly Architecture Code = new ArchLoader().LoadAssembly(typeof(BuildException).Assembly).Build();

    public static TheoryData<string> Rooms => [.. Floors.SelectMany(floor => floor)];

    [Fact]
    public void Each_folder_is_a_room_and_each_room_a_folder() =>
        Directory.EnumerateDirectories(Path.Combine(RepositoryRoot.Path, "src", "L4ReMusl")).Select(Path.GetFileName)
            .Except(["bin", "obj"]).Should().BeEquivalentTo(Floors.SelectMany(floor => floor));

    [Fact]
    public void The_tests_of_a_room_are_in_a_folder_named_after_it() =>
        Directory.EnumerateDirectories(Path.Combine(RepositoryRoot.Path, "tests", "L4ReMusl.Tests")).Select(Path.GetFileName)
            .Except(["bin", "obj", "Support"]).Should().BeSubsetOf(Floors.SelectMany(floor => floor));

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_uses_only_rooms_of_lower_floors(string room)
    {
        var types = Code.Types.Where(type => RoomOf(type) == room).ToList();
        var lower = Floors.TakeWhile(floor => !floor.Contains(room)).SelectMany(floor => floor);

        types.Should().NotBeEmpty();
        var used = from type in types
                   from dependency in type.Dependencies
                   let other = RoomOf(dependency.Target)
                   where other != null && other != room && !lower.Contains(other)
                   select $"{type.Name} uses {dependency.Target.FullName}";
        used.Distinct().Should().BeEmpty();
    }

    [Fact]
    public void The_documentation_has_the_floors()
    {
        var rows = File.ReadLines(Path.Combine(RepositoryRoot.Path, "docs", "architecture.md"));
        foreach (var (floor, number) in Floors.Select((floor, index) => (floor, index + 1)))
        {
            rows.Should().ContainSingle(row => row.StartsWith($"| {number} | ", StringComparison.Ordinal))
                .Which.Split('|')[2].Split(',', StringSplitOptions.TrimEntries)
                .Should().Equal(floor.Select(room => $"`{room}/`"));
        }
    }

    static string? RoomOf(IType type) =>
        type.FullName.Split('.') is ["L4ReMusl", var room, _, ..] ? room : null;
}

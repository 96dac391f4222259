using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using L4ReMusl.Caching;
using L4ReMusl.CommandLine;
using L4ReMusl.Settings;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Settings;

/// <summary>What follows from the records of parameters: settings, and what is committed for readers and editors.</summary>
public sealed partial class ParameterRecordTests
{
    static readonly IReadOnlyList<ParameterInfo> All = Parameters.AllIn(RepositoryRoot.Path, ArchitectureCatalogue.All);

    [Fact]
    public void A_default_that_can_be_typed_is_what_counts_if_nothing_is()
    {
        var none = Parse();
        var typed = Parse(
            [.. All.Where(p => p.ValidValues is not null || p.Name == "musl-version").Select(p => (p, ValueOf(p)))]);

        typed.Architectures.Should().Equal(none.Architectures);
        typed.Components.Should().Equal(none.Components);
        typed.ImageFormats.Should().Equal(none.ImageFormats);
        typed.MuslVersion.Should().Be(none.MuslVersion);
        typed.SmokeLevel.Should().Be(none.SmokeLevel);

        // Some defaults are not values, but explain what applies.
        static string? ValueOf(ParameterInfo parameter) =>
            parameter.Problems("", parameter.Default ?? "").Any() ? null : parameter.Default;
    }

    [Fact]
    public void Values_are_read_as_the_type_that_they_are()
    {
        var settings = Parse((Parameters.Jobs, "3"), (Parameters.Offline, "True"), (Parameters.CacheFolder, "cache"),
            (Parameters.Architectures, "ARM64"), (Parameters.Components, "musl,bash"), (Parameters.SmokeLevel, "2"),
            (Parameters.CrossCompile(ArchitectureCatalogue.Arm64), "/opt/bin/a-"),
            (Parameters.Mirrors, "/a b"), (Parameters.Mirrors, "/c"));

        settings.Jobs.Should().Be(3);
        settings.Get(Parameters.Offline).Should().BeTrue();
        settings.CacheFolder.Should().Be(Path.GetFullPath("cache"));
        settings.Architectures.Should().Equal(ArchitectureCatalogue.Arm64);
        settings.Components.Should().Equal("musl", "bash");
        settings.SmokeLevel.Should().Be(L4ReMusl.Smoke.SmokeLevel.UserMode);
        settings.CrossPrefixes.Should().Equal(new Dictionary<string, string> { ["arm64"] = "/opt/bin/a-" });
        settings.Mirrors.Should().Equal("/a b", "/c");
        settings.MayProvision.Should().BeTrue();
        settings.Get(Parameters.CacheSize).Should().Be(2L << 30);
        settings.Get(Parameters.RemoteCache).Should().BeNull();
        settings.Get(Parameters.RemoteCacheMode).Should().Be(RemoteMode.ReadOnly, "a mistake must not change what others use");
    }

    [Theory]
    [InlineData("jobs", "1025", "'--jobs' can't be '1025'. Valid: a whole number from 1 to 1024.")]
    [InlineData("smoke-level", "4", "'--smoke-level' can't be '4'. Valid: 1, 2, 3, l4re.")]
    [InlineData("image", "musl-vn", "'--image' can't be 'musl-vn'. Did you mean 'musl-vm'? Valid: musl-modules, *.")]
    [InlineData("offline", "maybe", "'--offline' can't be 'maybe'. Valid: true, *.")]
    [InlineData(
        "compiler-launcher", "nowhere", "'--compiler-launcher' can't be 'nowhere'. Valid: the name of a program in PATH, *.")]
    [InlineData("debian-mirror", "/srv/debian", "'--debian-mirror' can't be '/srv/debian'. Valid: the URL of a folder *.")]
    [InlineData("advisories", "/nowhere", "'--advisories' can't be '/nowhere'. Valid: files and folders that exist, *.")]
    [InlineData("cache-size", "0", "'--cache-size' can't be '0'. Valid: a number of bytes, *.")]
    [InlineData("remote-cache", "ftp://me:pw@host", "'--remote-cache' can't be 'ftp://host'. Valid: a folder, or an http *.")]
    [InlineData("remote-cache-mode", "write", "'--remote-cache-mode' can't be 'write'.* Valid: read-only, read-write.")]
    [InlineData("remote-cache-key", "/nowhere", "'--remote-cache-key' can't be '/nowhere'. Valid: a file that exists.")]
    [InlineData("rust-targets", "mips", "'--rust-targets' can't be 'mips'. Valid: armv7-unknown-linux-musleabihf, *.")]
    public void Whatever_is_wrong_is_told_in_the_same_words(string parameter, string value, string message) =>
        this.Invoking(_ => Parse((All.Single(p => p.Name == parameter), value)))
            .Should().Throw<BuildException>().WithMessage(message);

    [Fact]
    public void Examples_are_valid()
    {
        var examples = All.Where(parameter => parameter is { Example: not null, ValidValues: not null }).ToList();

        examples.Should().NotBeEmpty();
        examples.SelectMany(parameter => parameter.Problems(parameter.Option, parameter.Example!)).Should().BeEmpty();
    }

    [Fact]
    public void The_readme_lists_them()
    {
        var readme = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "README.md"));
        var entries = ListEntry().Matches(readme).Select(entry => entry.Value.Replace("\n  ", " ", StringComparison.Ordinal));

        entries.Should().Equal(Parameters.For(ArchitectureCatalogue.All).Select(parameter =>
            $"- **`{parameter.Usage}`**: {Marked(parameter.Description)}{Valid(parameter)}{Default(parameter)}"));

        static string Valid(ParameterInfo parameter) => parameter.ValidValues is null ? "" : $" Valid: {parameter.Valid}.";

        static string Default(ParameterInfo parameter) => parameter.Default is { } value ? $" Default: {Marked(value)}." : "";

        static string Marked(string text) => Option().Replace(text, "`$0`");
    }

    /// <summary>NUKE writes the schema in each run, and its stand-in doesn't.</summary>
    [Fact]
    public void The_schema_of_parameter_files_is_what_NUKE_makes_of_them()
    {
        var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Path, ".nuke", "build.schema.json")))!;
        var properties = schema["allOf"]![0]!["properties"]!.AsObject();

        properties.Select(property => property.Key)
            .Should().Equal(All.Select(parameter => parameter.Key).Order(StringComparer.Ordinal));
        foreach (var parameter in All)
            properties[parameter.Key]!.ToJsonString().Should().Be(Schema(parameter).ToJsonString());
    }

    // NUKE drops the full stop, and sorts the values.
    static JsonObject Schema(ParameterInfo parameter)
    {
        var value = new JsonObject { ["type"] = "string" };
        var schema = parameter.Kind switch
        {
            ParameterKind.Flag => new JsonObject { ["type"] = "boolean" },
            ParameterKind.List => new JsonObject { ["type"] = "array" },
            _ => value,
        };
        schema["description"] = parameter.Description.TrimEnd('.');
        if (parameter.ValidValues is { } values)
            value["enum"] = new JsonArray([.. values.Order(StringComparer.Ordinal).Select(one => JsonValue.Create(one))]);
        if (parameter.Kind == ParameterKind.List)
            schema["items"] = value;
        return schema;
    }

    static BuildSettings Parse(params (ParameterInfo, string?)[] given) =>
        new SettingsParser(ArchitectureCatalogue.All).Parse(new RawSettings(given));

    [GeneratedRegex(@"^- \*\*`--.*(\n  .*)*", RegexOptions.Multiline)]
    private static partial Regex ListEntry();

    [GeneratedRegex("--[a-z0-9-]+")]
    private static partial Regex Option();
}

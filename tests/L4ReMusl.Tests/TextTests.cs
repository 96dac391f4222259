using System.Text.RegularExpressions;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests;

/// <summary>The form of the repository's texts: code and documentation.</summary>
public sealed partial class TextTests
{
    const int LongestLine = 130;

    // What must be found for the whole repository to be covered: folders with code, and scripts at the root.
    static readonly string[] Covered =
        [".ci", "bench", "build", "build.cmd", "build.sh", "config", "crates", "pkg", "src", "tests"];

    // Templates of the prefix's files, whose bytes are results.
    static readonly string[] Exempt = ["config/prefix-l4re/bin/l4re-syscalls"];

    static readonly IReadOnlyList<string> Files = [.. FilesIn("").Order(StringComparer.Ordinal)];

    [Fact]
    public void No_line_is_too_long()
    {
        var files = Files.Where(file => IsMarkdown(file) || IsCode(file)).ToList();

        files.Should().Contain("README.md").And.Contain("tests/L4ReMusl.Tests/TextTests.cs").And.Contain("pkg/musl/musl.mk");
        var tooLong = from file in files.Except(Exempt)
                      from line in LongLines(file)
                      select $"{file}:{line.Index + 1} has {line.Item.Length} characters, more than {LongestLine}";
        tooLong.Should().BeEmpty();
    }

    [Fact]
    public void Exemptions_are_needed() => Exempt.Where(file => !LongLines(file).Any()).Should().BeEmpty();

    [Fact]
    public void Code_of_the_whole_repository_is_covered() =>
        Covered.Where(path => !Files.Any(file => IsCode(file) && (file == path || IsIn(path, file)))).Should().BeEmpty();

    [Fact]
    public void Links_between_documents_lead_somewhere()
    {
        var links = from file in Files.Where(IsMarkdown)
                    from link in Link().Matches(TextOf(file)).Select(match => match.Groups["target"].Value)
                    where !link.Contains("://", StringComparison.Ordinal)
                    select (File: file, Target: link);

        links.Should().HaveCountGreaterThan(20);
        links.Where(link => !LeadsSomewhere(link.File, link.Target)).Should().BeEmpty();
    }

    static IEnumerable<(int Index, string Item)> LongLines(string file) =>
        File.ReadLines(InRepository(file)).Index().Where(line => line.Item.Length > LongestLine);

    static bool LeadsSomewhere(string file, string target)
    {
        var (path, anchor) = target.Split('#') is [var before, var after] ? (before, after) : (target, null);
        var folder = Path.GetDirectoryName(InRepository(file))!;
        var found = path.Length == 0 ? InRepository(file) : Path.GetFullPath(Path.Combine(folder, path));
        return Path.Exists(found) && (anchor is null || AnchorsIn(found).Contains(anchor));
    }

    // As GitHub makes them of headings.
    static IEnumerable<string> AnchorsIn(string path) =>
        Heading().Matches(File.ReadAllText(path))
            .Select(match => NotInAnchors().Replace(match.Groups["text"].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    // Without examples, in which brackets mean something else.
    static string TextOf(string file) => Example().Replace(File.ReadAllText(InRepository(file)), "");

    static IEnumerable<string> FilesIn(string folder)
    {
        foreach (var entry in new DirectoryInfo(InRepository(folder)).EnumerateFileSystemInfos())
        {
            var path = Path.Combine(folder, entry.Name);
            if (entry.LinkTarget is not null || Ignored().IsMatch(path) || IsBootSet(path))
                continue;
            if (entry is FileInfo)
                yield return path;
            else
                foreach (var file in FilesIn(path))
                    yield return file;
        }
    }

    static bool IsBootSet(string path) =>
        IsIn("distribution/images", path) && Path.GetExtension(path) is not (".md" or ".list" or ".ned");

    static bool IsIn(string folder, string file) => file.StartsWith($"{folder}/", StringComparison.Ordinal);

    static bool IsMarkdown(string file) => Path.GetExtension(file) == ".md";

    // C#, Rust, C, assembler, shell and make. A script whose name has no suffix is known by its first line.
    static bool IsCode(string file) => Path.GetExtension(file) switch
    {
        ".cs" or ".rs" or ".c" or ".h" or ".S" or ".sh" or ".cmd" or ".mk" => true,
        "" when Path.GetFileName(file) == "Makefile" => true,
        "" => File.ReadLines(InRepository(file)).FirstOrDefault() is { } first && Shell().IsMatch(first),
        _ => false,
    };

    static string InRepository(string file) => Path.Combine(RepositoryRoot.Path, file);

    // As in .gitignore.
    [GeneratedRegex(@"^((build|src/[^/]+|tests/[^/]+)/(bin|obj)|\.git|\.idea|\.vs|\.nuke/temp|out|target|pkg/musl/prebuilt)$"
        + @"|/TestResults$")]
    private static partial Regex Ignored();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?m)^#+ (?<text>.+)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();

    [GeneratedRegex(@"(?ms)^\s*```.*?^\s*```|`[^`]*`")]
    private static partial Regex Example();

    [GeneratedRegex(@"^#!.*\b(ba|da)?sh\b")]
    private static partial Regex Shell();
}

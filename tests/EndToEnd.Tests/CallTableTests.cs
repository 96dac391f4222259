using System.Text;
using System.Text.RegularExpressions;
using L4ReMusl.Backend;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>docs/system-calls.md says what is so: made from the libraries, the sources and the programs that test them.</summary>
public sealed partial class CallTableTests : IDisposable
{
    const string Begin = "<!-- The rest is made by CallTableTests. -->";

    static readonly string[] Architectures = ["arm64", "arm"];

    // Of the flavour test, this is for the backend linux only.
    const string ForLinux = "linux.c";

    readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public void The_table_of_system_calls_is_that_of_the_sources()
    {
        var document = Path.Combine(RepositoryRoot.Path, "docs", "system-calls.md");
        var text = File.ReadAllText(document);
        var head = text[..(text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)];
        var made = Path.Combine(RepositoryRoot.Path, "out", "reports", "system-calls.md");
        Directory.CreateDirectory(Path.GetDirectoryName(made)!);

        File.WriteAllText(made, $"{head}\n\n{Table()}");

        File.ReadAllText(made).Should().Be(text, "'{0}' is what it should be: copy that to docs/system-calls.md", made);
    }

    string Table()
    {
        var served = Architectures.ToDictionary(name => name, Served);
        var tests = Architectures.ToDictionary(name => name, Shown);
        var refused = Refused();
        var (semihosting, l4re) = (Defined("semihosting"), Defined("l4re"));
        var calls = served.Values.SelectMany(calls => calls).Concat(l4re).Distinct().Order(StringComparer.Ordinal).ToList();
        var table = new StringBuilder("| call | architectures | backends | tested by |\n|---|---|---|---|\n");
        foreach (var call in calls)
        {
            var onL4Re = l4re.Contains(call) || !semihosting.Contains(call);
            var onSemihosting = served.Values.Any(names => names.Contains(call));
            var architectures = onSemihosting ? Architectures.Where(name => served[name].Contains(call)) : Architectures;
            var by = Architectures.SelectMany(name => tests[name]).Where(test => test.Calls.Contains(call))
                .Select(test => test.Program).Distinct().ToList();
            table.Append(null, $"| {call}{(refused.Contains(call) ? " (`ENOSYS`)" : "")} | {string.Join(' ', architectures)} | ")
                .Append((onSemihosting, onL4Re) switch { (true, true) => "both", (true, _) => "semihosting", _ => "l4re" })
                .Append(null, $" | {string.Join(' ', by)} |\n");
        }

        foreach (var name in Architectures)
        {
            var known = Known(name);
            var missing = known.Where(call => !calls.Contains(call)).ToList();
            table.Append(null, $"\nNot served on {name}, {missing.Count} of {known.Count}:\n\n")
                .Append(Wrapped(missing));
        }

        return table.ToString();
    }

    static string Wrapped(IEnumerable<string> words)
    {
        var lines = new List<string> { "" };
        foreach (var word in words)
        {
            if (lines[^1].Length + word.Length > 118)
                lines.Add("");
            lines[^1] += lines[^1].Length == 0 ? word : $" {word}";
        }

        return string.Join('\n', lines) + "\n";
    }

    // The backend that can be compiled anywhere.
    static HashSet<string> Served(string architecture)
    {
        var prefix = FlavourPrefix.Of(architecture);
        var toolchain = new ToolchainLocator(Tools.OfHost).Locate(prefix.Architecture, null);
        var library = Path.Combine(prefix.Path, "lib", "syscalls", "semihosting", "libsyscalls-semihosting.a");
        var symbols = Tools.OfHost.Run(new ToolInvocation(toolchain.Tool("nm"), "--defined-only", library))
            .OrThrow("list symbols");
        return KnownFunctions(architecture, symbols.Output);
    }

    static List<string> Known(string architecture) =>
    [
        .. Call().Matches(File.ReadAllText(
                Path.Combine(FlavourPrefix.Of(architecture).Path, "share", "l4re-musl", SyscallFunctions.ListName)))
            .Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal),
    ];

    // By the backend's own files, other than those that both share.
    static HashSet<string> Defined(string backend) => KnownFunctions("arm64", string.Join('\n', Sources(backend)));

    static HashSet<string> KnownFunctions(string architecture, string text)
    {
        var functions = Function().Matches(text).Select(match => match.Groups[1].Value).ToHashSet();
        functions.IntersectWith(Known(architecture));
        return functions;
    }

    static HashSet<string> Refused() =>
        [.. Sources("common").SelectMany(text => Refusal().Matches(text)).Select(match => match.Groups[1].Value)];

    static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "pkg", "musl", "backend", folder), "*.c")
            .Select(File.ReadAllText);

    List<(string Program, IReadOnlyList<string> Calls)> Shown(string architecture)
    {
        var flavourTest = Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "config", "flavour-test"), "*.c")
            .Where(file => Path.GetFileName(file) != ForLinux).ToArray();
        var programs = Path.Combine(RepositoryRoot.Path, "tests", "EndToEnd.Tests", "programs");
        return
        [
            ("flavour-test", Calls(architecture, flavourTest)),
            .. from folder in new[] { "talk", "signals" }
               where Directory.Exists(Path.Combine(programs, folder))
               from file in Directory.GetFiles(Path.Combine(programs, folder), "*.c").Order(StringComparer.Ordinal)
               select ($"{folder}/{Path.GetFileNameWithoutExtension(file)}", Calls(architecture, file)),
        ];
    }

    IReadOnlyList<string> Calls(string architecture, params string[] sources)
    {
        var prefix = FlavourPrefix.Of(architecture);
        prefix.Compile(sources[0], temp["program"], [.. sources[1..], "--backend=semihosting"]);
        return prefix.Calls(temp["program"]);
    }

    [GeneratedRegex(@"^[\w ]*\bSYS_(\w+)_function\b(?!;)", RegexOptions.Multiline)]
    private static partial Regex Function();

    [GeneratedRegex(@"SYS_(\w+)_function\(void\) \{ return -ENOSYS; \}")]
    private static partial Regex Refusal();

    [GeneratedRegex(@"SYSCALL\((\w+), ")]
    private static partial Regex Call();
}

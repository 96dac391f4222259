using L4ReMusl.Foundation.Files;

namespace L4ReMusl.NativeBoot;

/// <summary>
/// What the entry <c>musl-native</c> runs: programs, and the list of commands that <c>pkg/musl/assets/musl-native.ned</c> reads.
/// </summary>
/// <param name="Commands">The commands, in the order in which they run, and the exit codes that they must end with.</param>
/// <param name="Tests">The commands that report checks.</param>
public sealed record NativePrograms(IReadOnlyList<(string Command, int ExitCode)> Commands, IReadOnlyList<string> Tests)
{
    /// <summary>The folder's name among the assets.</summary>
    public const string Folder = "native";

    const string KnownFile = "known-text", KnownText = "what-a-task-reads-from-ROM";
    const string Test = "flavour-test", Rust = "rust-native";

    /// <summary>The programs in a folder that <see cref="Write"/> filled.</summary>
    public static NativePrograms In(string folder) => Of(File.Exists(Path.Combine(folder, Rust)));

    /// <summary>What the folder depends on besides the programs.</summary>
    public static string Recipe(bool hasRust) => $"{KnownText}\n{CommandFile(Of(hasRust))}";

    /// <summary>Fills a folder.</summary>
    /// <param name="folder">The folder, which is made.</param>
    /// <param name="test">The test program of the l4re flavour, for L4Re.</param>
    /// <param name="rust">The program in Rust, for L4Re; <see langword="null"/> for none.</param>
    public static void Write(string folder, string test, string? rust)
    {
        Directory.CreateDirectory(folder);
        File.SetUnixFileMode(folder, FileModes.Program);
        File.Copy(test, Path.Combine(folder, Test));
        if (rust is not null)
            File.Copy(rust, Path.Combine(folder, Rust));
        FileModes.WriteFile(Path.Combine(folder, KnownFile), KnownText + "\n");
        FileModes.WriteFile(Path.Combine(folder, "commands"), CommandFile(Of(rust is not null)));
        foreach (var entry in FileTree.List(folder))
            File.SetUnixFileMode(Path.Combine(folder, entry.Path), FileModes.File);
    }

    static NativePrograms Of(bool hasRust)
    {
        var test = $"{Test} read-only rom/{KnownFile} {KnownText}";
        // The second shows that exit codes other than zero arrive.
        return hasRust
            ? new NativePrograms([(test, 0), ($"{Test} exit 42", 42), (Rust, 0)], [test, Rust])
            : new NativePrograms([(test, 0), ($"{Test} exit 42", 42)], [test]);
    }

    static string CommandFile(NativePrograms programs) =>
        string.Concat(programs.Commands.Select(command => command.Command + "\n"));
}

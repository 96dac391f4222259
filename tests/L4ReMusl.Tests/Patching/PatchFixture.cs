using L4ReMusl.Foundation.Processes;
using L4ReMusl.Patching;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Patching;

/// <summary>A small source tree in an ignored folder of a git repository, and patches for it, made by git.</summary>
public sealed class PatchFixture : IDisposable
{
    public PatchFixture()
    {
        Git(Folder.Path, "init", "--quiet");
        Folder.Write(".gitignore", "/out/\n");
        Folder.Write("out/src/lib/ten.c", TenLines);
        Folder.Write("out/src/a b.c", "int ab;\n");
    }

    public static string TenLines => string.Concat(Enumerable.Range(1, 10).Select(i => $"int line{i};\n"));

    public TempFolder Folder { get; } = new("l4re musl test ");

    public string Tree => Folder["out", "src"];

    public string Patches => Folder["patches"];

    public string Read(string file) => File.ReadAllText(Path.Combine(Tree, file));

    /// <summary>Writes a patch that replaces <paramref name="before"/> with <paramref name="after"/> in a file.</summary>
    public void Add(string name, string file, string before, string after, string header = "Subject: a change\nWhy: a reason\n")
    {
        var old = Read(file);
        Folder.Write($"diff/a/{file}", old);
        Folder.Write($"diff/b/{file}", old.Replace(before, after, StringComparison.Ordinal));
        var diff = Tools.OfHost.Run(new ToolInvocation("git", "diff", "--no-index", "--no-prefix", $"a/{file}", $"b/{file}")
        {
            WorkingDirectory = Folder["diff"],
        });
        Folder.Write($"patches/{name}", $"{header}---\n{diff.Output}");
        Directory.Delete(Folder["diff"], recursive: true);
    }

    public PatchSeries Series(params string[] lines)
    {
        Folder.Write("patches/series", string.Concat(lines.Select(line => line + "\n")));
        return PatchSeries.Read(Patches);
    }

    public void Apply(params string[] lines) => new PatchApplier(Tools.OfHost).Apply(Tree, Series(lines).Patches);

    public void Dispose() => Folder.Dispose();

    static void Git(string folder, params string[] arguments) =>
        Tools.OfHost.Run(new ToolInvocation("git", arguments) { WorkingDirectory = folder }).OrThrow("run git");
}

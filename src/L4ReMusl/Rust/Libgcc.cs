using System.Text.RegularExpressions;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines.Toolchains;

namespace L4ReMusl.Rust;

/// <summary>The compiler's static library of functions that its code calls, which rustc does not link.</summary>
/// <param name="toolchain">The C compiler.</param>
/// <param name="tools">Runs it.</param>
sealed partial class Libgcc(Toolchain toolchain, ToolRunner tools)
{
    /// <summary>
    /// Adds to a static library the members of this one that it needs, and those that they need. What neither has is libc's.
    /// </summary>
    /// <param name="archive">The library to complete.</param>
    /// <exception cref="BuildException">The compiler's tools fail.</exception>
    public void Complete(string archive)
    {
        var library = Run(null, "gcc", "-print-file-name=libgcc.a").Trim();
        if (!File.Exists(library) || Needed(Symbols(archive), Symbols(library)) is not { Count: > 0 } members)
            return;
        var scratch = Directory.CreateTempSubdirectory("l4re-musl-").FullName;
        try
        {
            Run(scratch, "ar", ["x", library, .. members]);
            Run(scratch, "ar", ["qD", Path.GetFullPath(archive), .. members]);
        }
        finally
        {
            FileTree.Delete(scratch);
        }
    }

    static List<string> Needed(IReadOnlyList<Symbol> own, IReadOnlyList<Symbol> library)
    {
        var known = own.Where(symbol => symbol.IsDefined).Select(symbol => symbol.Name).ToHashSet();
        var providers = library.Where(symbol => symbol.IsDefined).ToLookup(symbol => symbol.Name, symbol => symbol.Member);
        var contents = library.ToLookup(symbol => symbol.Member);
        var wanted = new Queue<string>(own.Where(symbol => symbol.IsWanted).Select(symbol => symbol.Name));
        var members = new List<string>();
        while (wanted.TryDequeue(out var name))
        {
            if (known.Contains(name) || providers[name].FirstOrDefault() is not { } member)
                continue;
            members.Add(member);
            known.UnionWith(contents[member].Where(symbol => symbol.IsDefined).Select(symbol => symbol.Name));
            foreach (var symbol in contents[member].Where(symbol => symbol.IsWanted))
                wanted.Enqueue(symbol.Name);
        }

        return members;
    }

    List<Symbol> Symbols(string archive) =>
    [
        .. from Match line in Line().Matches(Run(null, "nm", "--print-file-name", "--format=posix", archive))
           select new Symbol(line.Groups["member"].Value, line.Groups["name"].Value, line.Groups["type"].Value[0]),
    ];

    string Run(string? folder, string tool, params string[] arguments) =>
        tools.Run(new ToolInvocation(toolchain.Tool(tool), arguments) { WorkingDirectory = folder })
            .OrThrow($"complete the unwinder with libgcc.a of '{toolchain.Tool("gcc")}'").Output;

    // As in "libgcc.a[swp8_4.o]: __aarch64_swp8_acq_rel T 0 30".
    [GeneratedRegex(@"^.*\[(?<member>[^\]]+)\]: (?<name>\S+) (?<type>\S)", RegexOptions.Multiline)]
    private static partial Regex Line();

    // The types are those of nm: "w" and "v" are weak references, which may stay undefined.
    readonly record struct Symbol(string Member, string Name, char Type)
    {
        public bool IsWanted => Type == 'U';

        public bool IsDefined => char.IsUpper(Type) && !IsWanted;
    }
}

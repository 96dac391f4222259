using L4ReMusl.Machines;
using L4ReMusl.Machines.Elf;

namespace L4ReMusl.Root.Checks;

/// <summary>ELF files must be for the right machine, name our loader, and find all their libraries.</summary>
sealed class ElfCheck(Architecture architecture) : IRootFsCheck
{
    // Library names that mean libc itself to musl's loader (load_library in ldso/dynlink.c).
    static readonly string[] OwnNames = ["libc.", "libpthread.", "librt.", "libm.", "libdl.", "libutil.", "libxnet."];

    /// <inheritdoc/>
    public IEnumerable<string> Violations(RootFsTree root)
    {
        var searchPath = SearchPath(root);
        return root.Files.SelectMany(path => root.ReadBytes(path) is var bytes && ElfFile.IsElf(bytes)
            ? Inspect(root, path, bytes, searchPath).Select(problem => $"{path}: {problem}")
            : []);
    }

    IEnumerable<string> Inspect(RootFsTree root, string path, byte[] bytes, IReadOnlyList<string> searchPath)
    {
        ElfFile elf;
        try
        {
            elf = new ElfFile(bytes, path);
        }
        catch (BuildException e)
        {
            return [e.Message];
        }

        return Inspect(root, elf, searchPath);
    }

    IEnumerable<string> Inspect(RootFsTree root, ElfFile elf, IReadOnlyList<string> searchPath)
    {
        if (elf.Machine != architecture.Machine)
            yield return $"is for the machine {elf.Machine}, not {architecture.Machine}";
        else if (elf.FloatAbi != architecture.FloatAbi)
            yield return $"has the floating-point ABI '{elf.FloatAbi}', not '{architecture.FloatAbi}'";
        if (elf.Interpreter is { } interpreter && interpreter != architecture.Interpreter)
            yield return $"needs the loader {interpreter}, not {architecture.Interpreter}";
        else if (elf.Interpreter is not null && !root.IsProgram(architecture.Interpreter))
        {
            var state = root.Get(architecture.Interpreter) is null ? "missing" : "not a file that everyone may execute";
            yield return $"needs the loader {architecture.Interpreter}, which is {state}";
        }

        if (elf.RunPaths.Count > 0)
            yield return $"must not have a library path (RPATH or RUNPATH), but has {string.Join(":", elf.RunPaths)}";
        foreach (var library in elf.Needed.Where(name => !IsThere(root, name, searchPath)))
            yield return $"needs the library {library}, which is not in {string.Join(", ", searchPath)}";
    }

    bool IsThere(RootFsTree root, string library, IReadOnlyList<string> searchPath) =>
        library.Contains('/', StringComparison.Ordinal)
            ? root.Get(library) is not null
            : library == architecture.Loader
                || OwnNames.Any(name => library.StartsWith(name, StringComparison.Ordinal))
                || searchPath.Any(folder => root.Get($"{folder}/{library}") is { IsFile: true });

    IReadOnlyList<string> SearchPath(RootFsTree root) =>
        root.ReadLines($"/etc/{architecture.LoaderPathFile}") is { Count: > 0 } lines
            ? [.. lines.SelectMany(line => line.Split(':', StringSplitOptions.RemoveEmptyEntries))]
            : MuslRuntime.SearchPath;
}

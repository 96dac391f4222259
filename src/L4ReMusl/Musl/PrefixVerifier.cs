using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Text;
using L4ReMusl.Machines;
using L4ReMusl.Machines.Elf;

namespace L4ReMusl.Musl;

/// <summary>Checks that the files of a finished prefix are what the contract promises.</summary>
/// <param name="prefix">The prefix.</param>
/// <param name="architecture">What it must be for.</param>
/// <param name="hostPaths">Paths of this machine, which must not appear in any file.</param>
public sealed class PrefixVerifier(string prefix, Architecture architecture, IReadOnlyList<string> hostPaths)
{
    /// <summary>Checks everything.</summary>
    /// <exception cref="BuildException">Something is wrong; the message lists all of it.</exception>
    public void Verify()
    {
        var problems = Missing().Concat(BadLinks()).Concat(BadBinaries())
            .Concat(PrefixFiles.HostPaths(prefix, hostPaths)).ToList();
        if (problems.Count > 0)
            throw new BuildException(
                $"The prefix for {architecture} is not what it should be:{IndentedLines.Of(problems.Take(20))}");
    }

    bool HasCxx => CxxFiles.AreIn(prefix);

    IEnumerable<string> Missing() => PrefixContract.Files(architecture, HasCxx)
        .Where(file => !File.Exists(Path.Combine(prefix, file)))
        .Select(file => $"{file} is missing");

    IEnumerable<string> BadLinks() => PrefixContract.Links(architecture, HasCxx)
        .Where(link => new FileInfo(Path.Combine(prefix, link.Path)).LinkTarget != link.Target
            || !Path.Exists(Path.Combine(prefix, link.Path)))
        .Select(link => $"{link.Path} is not a link to {link.Target}, or that is missing");

    IEnumerable<string> BadBinaries()
    {
        var files = FileTree.List(prefix).Where(entry => entry.IsFile);
        foreach (var entry in files.Where(entry => entry.Path.StartsWith("lib/", StringComparison.Ordinal)))
        {
            var path = Path.Combine(prefix, entry.Path);
            var images = Path.GetExtension(path) switch
            {
                ".a" => ArArchive.Members(path),
                ".o" or ".so" => [File.ReadAllBytes(path)],
                _ => entry.Path.Contains(".so.", StringComparison.Ordinal) ? [File.ReadAllBytes(path)] : [],
            };
            foreach (var problem in images.SelectMany(image => Problems(new ElfFile(image, entry.Path))).Distinct())
                yield return $"{entry.Path} {problem}";
        }
    }

    IEnumerable<string> Problems(ElfFile elf)
    {
        if (elf.Machine != architecture.Machine)
            yield return $"is for {elf.Machine}, not for {architecture.Machine}";
        if (elf.Type != ElfType.Dynamic)
            yield break;
        if (architecture.FloatAbi is { } abi && elf.FloatAbi != abi)
            yield return $"passes floating-point numbers the {elf.FloatAbi} way, not the {abi} way";
        if (elf.HasTextRelocations)
            yield return "has text relocations";
        if (elf.HasExecutableStack)
            yield return "asks for an executable stack";
        if (elf.Needed.Where(name => !File.Exists(Path.Combine(prefix, "lib", name))).ToList() is { Count: > 0 } foreign)
            yield return $"needs {string.Join(", ", foreign)}, which the prefix does not have";
        else if (elf.Needed.Count > 0 && elf.SharedName == "libc.so")
            yield return $"needs {string.Join(", ", elf.Needed)}, but libc must stand alone";
        if (elf.RunPaths.Count > 0)
            yield return $"has the search path {string.Join(", ", elf.RunPaths)} baked in";
    }
}

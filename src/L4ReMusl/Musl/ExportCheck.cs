using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Machines.Elf;

namespace L4ReMusl.Musl;

/// <summary>Compares the symbols that a libc.so exports with the committed list, because programs depend on them.</summary>
/// <param name="layout">Where the committed lists lie.</param>
public sealed class ExportCheck(BuildLayout layout)
{
    /// <summary>Fails if a symbol appeared or vanished.</summary>
    /// <param name="libc">The shared library.</param>
    /// <param name="version">musl's version.</param>
    /// <param name="architecture">Its architecture.</param>
    /// <returns>How many symbols it exports.</returns>
    /// <exception cref="BuildException">
    /// The lists differ, or there is no committed one. The actual list is kept beside the logs.
    /// </exception>
    public int Verify(string libc, string version, Architecture architecture)
    {
        var actual = new ElfFile(libc).ExportedSymbols();
        var committed = layout.MuslExports(version, architecture);
        var expected = File.Exists(committed) ? File.ReadAllLines(committed) : [];
        if (actual.SequenceEqual(expected))
            return actual.Count;

        var kept = Path.Combine(layout.Logs, $"exports-{version}-{architecture.Name}.txt");
        Directory.CreateDirectory(layout.Logs);
        File.WriteAllLines(kept, actual);
        throw new BuildException(
            $"libc.so for {architecture} does not export the symbols listed in '{committed}': "
            + $"{Describe("new", actual.Except(expected))}; {Describe("gone", expected.Except(actual))}. "
            + $"If that is intended, copy '{kept}' there and commit it.");
    }

    static string Describe(string what, IEnumerable<string> symbols)
    {
        var all = symbols.ToList();
        return all.Count == 0
            ? $"none {what}"
            : $"{all.Count} {what} ({string.Join(", ", all.Take(6))}{(all.Count > 6 ? ", …" : "")})";
    }
}

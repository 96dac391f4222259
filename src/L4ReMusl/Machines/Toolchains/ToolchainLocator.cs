using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines.Elf;

namespace L4ReMusl.Machines.Toolchains;

/// <summary>Finds cross compilers, and checks that they compile for the right architecture.</summary>
/// <param name="runner">Runs them.</param>
public sealed class ToolchainLocator(ToolRunner runner)
{
    const string Probe = "double probe(double x) { return x; }\n";

    // The tools whose versions affect the bytes of the result.
    static readonly string[] DecisiveTools = ["gcc", "as", "ld", "ar"];

    /// <summary>Finds the compiler for an architecture, and asks for its version; nothing is compiled.</summary>
    /// <param name="architecture">What it must compile for.</param>
    /// <param name="prefix">The user's tool prefix; <see langword="null"/> to try the architecture's usual ones.</param>
    /// <exception cref="BuildException">There is no such compiler.</exception>
    public Toolchain Locate(Architecture architecture, string? prefix)
    {
        var chosen = prefix is null ? FirstOf(architecture) : Checked(architecture, prefix);
        var compiler = chosen + "gcc";
        var description = runner.Run(new ToolInvocation(compiler, "-v")).OrThrow($"ask '{compiler}' for its version").Error;
        var identities = DecisiveTools.Select(tool => Identity(chosen + tool)).Prepend(description);
        var identity = Fingerprint.Sha256(string.Join('\n', identities));
        return new Toolchain(architecture, chosen, Version(description), identity);
    }

    /// <summary>Compiles a small function, and checks the result.</summary>
    /// <exception cref="BuildException">
    /// The compiler is for another machine or another floating-point ABI, or does not work.
    /// </exception>
    public void Verify(Toolchain toolchain)
    {
        var architecture = toolchain.Architecture;
        var compiler = toolchain.Tool("gcc");
        var scratch = Directory.CreateTempSubdirectory("l4re-musl-");
        try
        {
            var file = Path.Combine(scratch.FullName, "probe.o");
            runner.Run(new ToolInvocation(compiler, "-x", "c", "-c", "-o", file, "-") { Input = Probe })
                .OrThrow($"compile a small file for {architecture} with '{compiler}'");
            var elf = new ElfFile(file);
            if (elf.Machine != architecture.Machine)
                throw new BuildException(
                    $"'{compiler}' compiles for {elf.Machine}, but {architecture} needs {architecture.Machine}; "
                    + ToolPrefix.Alternative(architecture));
            if (architecture.FloatAbi is { } abi && elf.FloatAbi != abi)
                throw new BuildException(
                    $"'{compiler}' passes floating-point numbers the {elf.FloatAbi} way, but {architecture} needs {abi} "
                    + $"(-mfloat-abi={(abi == ElfFloatAbi.Hard ? "hard" : "soft")}); {ToolPrefix.Alternative(architecture)}");
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    string FirstOf(Architecture architecture) =>
        architecture.CrossPrefixes.FirstOrDefault(prefix => runner.Find(prefix + "gcc") is not null)
        ?? throw new BuildException(
            $"There is no C compiler for {architecture}: none of "
            + $"{string.Join(", ", architecture.CrossPrefixes.Select(p => $"'{p}gcc'"))} is in PATH; "
            + ToolPrefix.Alternative(architecture));

    string Checked(Architecture architecture, string prefix)
    {
        if (prefix.Any(char.IsWhiteSpace))
        {
            throw new BuildException(
                $"The tool prefix '{prefix}' for {architecture} contains a space, which make and configure scripts "
                + "cannot handle; use a path without spaces, such as a symbolic link.");
        }

        var full = prefix.Contains('/', StringComparison.Ordinal) ? Path.GetFullPath(prefix) : prefix;
        if (runner.Find(full + "gcc") is not null)
            return full;
        throw new BuildException(
            $"There is no C compiler '{prefix}gcc' for {architecture}: {ToolPrefix.Correction(architecture, prefix)}");
    }

    string Identity(string tool) =>
        runner.Find(tool) is { } path
        && new FileInfo(path) is var file
        && file.ResolveLinkTarget(returnFinalTarget: true) is var target
            ? $"{tool} {((target as FileInfo) ?? file).Length} {(target ?? file).LastWriteTimeUtc.Ticks}"
            : $"{tool} missing";

    static string Version(string description)
    {
        // The last line reads "gcc version 12.2.0 (Debian 12.2.0-14)".
        var words = description.TrimEnd().Split('\n')[^1].Split(' ');
        return words is [var name, "version", var number, ..] ? $"{name} {number}" : "unknown";
    }
}

using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines.Elf;
using L4ReMusl.Machines.Toolchains;

namespace L4ReMusl.Musl;

/// <summary>
/// Checks that what was compiled comes from this machine's compiler, by the name that GCC writes into each object: a launcher may
/// have used one on another machine, whose version is not in the fingerprint.
/// </summary>
/// <param name="toolchain">This machine's compiler.</param>
/// <param name="runner">Runs it.</param>
public sealed class CompilerCheck(Toolchain toolchain, ToolRunner runner)
{
    const string Directive = ".ident";

    /// <summary>Checks a static library.</summary>
    /// <exception cref="BuildException">Another compiler has made an object in it.</exception>
    public void Verify(string library, CompilerLauncher launcher)
    {
        var own = OwnName();
        var foreign = ArArchive.Members(library)
            .SelectMany(member => new ElfFile(member, library).Comments)
            .Where(name => name != own)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        if (foreign.Count == 0)
            return;
        throw new BuildException(
            $"'{launcher.Program}' had objects for {toolchain.Architecture} made by {string.Join(" and ", foreign)}, but this "
            + $"machine's '{toolchain.Tool("gcc")}' is {own}. Install the same compiler on all machines that compile, or "
            + "leave out those that have another one.");
    }

    // The compiler says ".ident "GCC: (Debian 12.2.0-14) 12.2.0"" to the assembler.
    string OwnName()
    {
        var compiler = toolchain.Tool("gcc");
        var assembly = runner.Run(new ToolInvocation(compiler, "-x", "c", "-S", "-o", "-", "-") { Input = "" })
            .OrThrow($"ask '{compiler}' for its name").Output;
        return assembly.Split('\n')
            .Select(line => line.Trim())
            .Where(line => line.StartsWith(Directive, StringComparison.Ordinal))
            .Select(line => line[Directive.Length..].Trim().Trim('"'))
            .FirstOrDefault() ?? throw new BuildException($"'{compiler}' does not write its name into objects.");
    }
}

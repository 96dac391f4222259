using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines.Elf;
using L4ReMusl.Machines.Toolchains;

namespace L4ReMusl.Components;

/// <summary>Prepares what a script installed for root file systems: strips it, sets plain modes, and checks it.</summary>
/// <param name="component">The component.</param>
/// <param name="toolchain">Strips it.</param>
/// <param name="tools">Runs the toolchain.</param>
public sealed class InstalledComponent(Component component, Toolchain toolchain, ToolRunner tools)
{
    /// <summary>The option with which programs and libraries are stripped.</summary>
    public const string StripOption = "--strip-unneeded";

    const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Copies an installed tree to <paramref name="target"/>.</summary>
    /// <exception cref="BuildException">
    /// A program is for another architecture, or one that the component's file declares is missing.
    /// </exception>
    public void Write(string installed, string target)
    {
        FileTree.Copy(installed, target);
        foreach (var entry in FileTree.List(target).Where(entry => entry.LinkTarget is null))
        {
            var path = Path.Combine(target, entry.Path);
            if (entry.IsFile && ElfFile.IsElf(File.ReadAllBytes(path)))
                Strip(path, entry.Path);
            File.SetUnixFileMode(path, entry.IsFolder || (entry.Mode & AnyExecute) != 0 ? FileModes.Program : FileModes.File);
        }

        File.SetUnixFileMode(target, FileModes.Program);
        foreach (var program in component.Brings)
        {
            if (!Path.Exists(Path.Combine(target, program.TrimStart('/'))))
            {
                throw new BuildException(
                    $"{Path.Combine(component.Folder, Component.FileName)} declares {program}, but the script of "
                    + $"{component.Name} did not install it; correct one of them.");
            }
        }
    }

    void Strip(string path, string name)
    {
        var elf = new ElfFile(path);
        if (elf.Machine != toolchain.Architecture.Machine)
        {
            throw new BuildException(
                $"The script of {component.Name} built /{name} for {elf.Machine}, not for {toolchain.Architecture}; it must "
                + "compile with $CC.");
        }

        tools.Run(new ToolInvocation(toolchain.Tool("strip"), StripOption, path)).OrThrow($"strip /{name} of {component.Name}");
    }
}

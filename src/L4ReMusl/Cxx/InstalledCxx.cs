using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines.Elf;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Musl;

namespace L4ReMusl.Cxx;

/// <summary>What the makefiles of the C++ library have installed, of which a prefix gets headers, archives and licence.</summary>
/// <param name="installed">The folder.</param>
/// <param name="source">The library's sources.</param>
/// <param name="toolchain">Has the archiver.</param>
/// <param name="log">Runs it.</param>
sealed class InstalledCxx(string installed, string source, Toolchain toolchain, CommandLog log)
{
    /// <summary>Writes the folder that goes into a prefix.</summary>
    /// <exception cref="BuildException">Something is missing.</exception>
    public void Write(string result)
    {
        var headers = Path.Combine(installed, CxxFiles.Headers);
        foreach (var header in FileTree.List(headers).Where(entry => entry.IsFile))
            Copy(Path.Combine(headers, header.Path), Path.Combine(result, CxxFiles.Headers, header.Path));
        foreach (var archive in FileTree.List(installed).Where(entry => Path.GetExtension(entry.Path) == ".a"))
            WriteArchive(Path.Combine(installed, archive.Path), Path.Combine(result, "lib", Path.GetFileName(archive.Path)));
        foreach (var licence in (string[])["COPYING3", "COPYING.RUNTIME"])
            Copy(Path.Combine(source, licence), Path.Combine(result, CxxFiles.Licence, licence));
        foreach (var folder in FileTree.List(result).Where(entry => entry.IsFolder))
            File.SetUnixFileMode(Path.Combine(result, folder.Path), FileModes.Program);
        File.SetUnixFileMode(result, FileModes.Program);
    }

    // libtool takes the members in the order in which the file system lists them.
    void WriteArchive(string from, string to)
    {
        var members = Directory.CreateDirectory(from + ".members").FullName;
        Archive(members, "x", from);
        var names = FileTree.List(members).Select(member => member.Path).ToList();
        if (names.Count != ArArchive.Members(from).Count)
            throw new BuildException($"{Path.GetFileName(from)} has several members of the same name, which get lost here.");
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        Archive(members, ["rcD", Path.GetFullPath(to), .. names]);
        File.SetUnixFileMode(to, FileModes.File);
    }

    void Archive(string folder, params IReadOnlyList<string> arguments) => log.Run(
        $"write {Path.GetFileName(arguments[1])}",
        new ToolInvocation(toolchain.Tool("ar"), arguments) { WorkingDirectory = folder });

    static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to);
        File.SetUnixFileMode(to, FileModes.File);
    }
}

using ICSharpCode.SharpZipLib.GZip;
using L4ReMusl.Backend;
using L4ReMusl.Checks;
using L4ReMusl.Foundation.Files;

namespace L4ReMusl.NativeBoot;

/// <summary>
/// What the entries <c>musl-linux</c> and <c>musl-linux-smoke</c> run: programs of the root file system,
/// which is unpacked for each.
/// </summary>
public static class LinuxPrograms
{
    /// <summary>The folder's name among the assets.</summary>
    public const string Folder = "linux-programs";

    const string Archive = "lsb_root.cpio";
    const string Run = $"{LinuxRunStage.ProgramName} --root=rom/{Archive}";
    const string Test = $"{Run} {SelfTestProgram.InstalledPath}";
    const string Attacks = "attacks", Calls = "calls", Jobs = "jobs", Locks = "locks", Machine = "machine";
    const string Mappings = "mappings", Processes = "processes", ShellTest = "shell-test", Vdso = "vdso";
    const string AttackTest = $"{LinuxRunStage.ProgramName} rom/{Attacks}";
    const string MachineTest = $"{LinuxRunStage.ProgramName} rom/{Machine}";
    const string MappingTest = $"{LinuxRunStage.ProgramName} rom/{Mappings}";
    const string ProcessTest = $"{LinuxRunStage.ProgramName} rom/{Processes}";
    const string VdsoTest = $"{LinuxRunStage.ProgramName} rom/{Vdso}";
    const string JobTest = $"{LinuxRunStage.ProgramName} rom/{Jobs}";
    const string LockTest = $"{LinuxRunStage.ProgramName} rom/{Locks}";
    const string TestOfShell = $"{Run} /bin/sh rom/{ShellTest}";

    /// <summary>The programs in <c>config/linux-run-test</c>.</summary>
    public static IReadOnlyList<string> TestPrograms { get; } = [Attacks, Calls, Jobs, Locks, Machine, Mappings, Processes, Vdso];

    /// <summary>The scripts there.</summary>
    public static IReadOnlyList<string> TestScripts { get; } = [ShellTest];

    /// <summary>
    /// The commands, in the order in which they run, and the exit codes that they must end with. That of a program that is
    /// ended by a signal is 128 and the signal's number; a shell ends itself so.
    /// </summary>
    public static IReadOnlyList<(string Command, int ExitCode)> Commands { get; } =
    [
        (Test, 0),
        ($"{Run} /bin/sh /proc/self/exe", 2),
        ($"{Run} /bin/false", 1),
        ($"{Run} /usr/bin/env expr 6 * 7", 0),
        ($"{Run} /bin/kill -TERM 1", 143),
        ($"{Run} /bin/nothing", 127),
        (AttackTest, 0),
        (MachineTest, 0),
        (VdsoTest, 0),
        (MappingTest, 0),
        (ProcessTest, 0),
        (JobTest, 0),
        (LockTest, 0),
        (TestOfShell, 0),
        ($"{LinuxRunStage.ProgramName} rom/{Calls} 10000", 0),
    ];

    /// <summary>The commands that report checks.</summary>
    public static IReadOnlyList<string> Tests { get; } =
        [Test, AttackTest, MachineTest, VdsoTest, MappingTest, ProcessTest, JobTest, LockTest, TestOfShell];

    /// <summary>What the script of Ned reads.</summary>
    public static string CommandFile => string.Concat(Commands.Select(command => command.Command + "\n"));

    /// <summary>Fills a folder.</summary>
    /// <param name="folder">The folder, which is made.</param>
    /// <param name="linuxRun">The program that runs the others.</param>
    /// <param name="tests">The folder of the programs that test it.</param>
    /// <param name="root">The root file system as a compressed archive.</param>
    public static void Write(string folder, string linuxRun, string tests, string root)
    {
        Directory.CreateDirectory(folder);
        File.SetUnixFileMode(folder, FileModes.Program);
        File.Copy(linuxRun, Path.Combine(folder, LinuxRunStage.ProgramName));
        foreach (var name in TestPrograms.Concat(TestScripts))
            File.Copy(Path.Combine(tests, name), Path.Combine(folder, name));
        using (var compressed = new GZipInputStream(File.OpenRead(root)))
        using (var archive = File.Create(Path.Combine(folder, Archive)))
            compressed.CopyTo(archive);
        FileModes.WriteFile(Path.Combine(folder, "commands"), CommandFile);
        foreach (var entry in FileTree.List(folder))
            File.SetUnixFileMode(Path.Combine(folder, entry.Path), FileModes.File);
    }
}

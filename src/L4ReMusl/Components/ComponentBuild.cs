using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Machines.Toolchains;

namespace L4ReMusl.Components;

/// <summary>
/// Runs the script of a component in its patched source tree, with the variables that <c>config/components/README.md</c> lists.
/// </summary>
/// <param name="component">The component.</param>
/// <param name="script">How it is built.</param>
/// <param name="toolchain">The compiler behind the sysroot's wrapper.</param>
/// <param name="launcher">A program that runs the compiler, if there is one.</param>
/// <param name="runner">Runs the script.</param>
/// <param name="display">Shows the progress.</param>
public sealed class ComponentBuild(
    Component component,
    ComponentScript script,
    Toolchain toolchain,
    CompilerLauncher? launcher,
    ToolRunner runner,
    ProgressDisplay display)
{
    /// <summary>The flags that a script gets as <c>CFLAGS</c>, besides the one that hides the host's paths.</summary>
    public const string Flags = "-O2";

    /// <summary>Builds and installs.</summary>
    /// <param name="work">A folder with the source tree in <c>src</c> and the sysroot in <c>sysroot</c>.</param>
    /// <param name="logFile">The log file for the script's output.</param>
    /// <returns>The folder into which it was installed.</returns>
    /// <exception cref="BuildException">The script failed, or installed nothing.</exception>
    public string Run(string work, string logFile)
    {
        var (name, architecture) = (component.Name, toolchain.Architecture);
        var files = Path.Combine(work, "component");
        FileTree.Copy(component.Folder, files);
        var destination = Directory.CreateDirectory(Path.Combine(work, "installed")).FullName;
        using var log = new CommandLog(runner, logFile);
        using var progress = display.Start($"Building {name} for {architecture}", "lines of output");
        var lines = 0;
        var invocation = new ToolInvocation("sh", "-eux", Path.Combine(files, ComponentScript.FileName))
        {
            WorkingDirectory = Path.Combine(work, "src"),
            Environment = Variables(work, files, destination),
            SharesJobs = true,
        };
        log.Run($"build {name} for {architecture}", invocation, _ => progress.Report(new WorkProgress(++lines, 0)));
        return Directory.EnumerateFileSystemEntries(destination).Any()
            ? destination
            : throw new BuildException($"The script of {name} installed nothing into $DESTDIR; correct {script.Path}.");
    }

    Dictionary<string, string> Variables(string work, string files, string destination)
    {
        var architecture = toolchain.Architecture;
        var compiler = $"{architecture.Triple}-gcc";
        return new Dictionary<string, string>(CompilerLauncher.VariablesForWrapper(toolchain))
        {
            ["PATH"] = $"{Path.Combine(work, "sysroot", "bin")}:{runner.Path}",
            [architecture.CrossVariable] = toolchain.Prefix, // The compiler wrapper reads it.
            ["ARCH"] = architecture.Name,
            ["TRIPLE"] = architecture.Triple,
            ["CROSS_COMPILE"] = $"{architecture.Triple}-",
            ["MESON_CROSS_FILE"] = Path.Combine(work, "sysroot", "share", "l4re-musl", "meson-cross.ini"),
            ["CC"] = CompilerLauncher.CallWrapper(launcher, compiler),
            // Keeps paths of the host out of the result.
            ["CFLAGS"] = $"{Flags} -ffile-prefix-map={work}=.",
            ["DESTDIR"] = destination,
            ["COMPONENT"] = files,
            ["SOURCE_DATE_EPOCH"] = (script.Source?.Time.ToUnixTimeSeconds() ?? 0).ToString(),
        };
    }
}

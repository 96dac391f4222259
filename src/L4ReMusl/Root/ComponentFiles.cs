using System.Text;
using L4ReMusl.Components;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Text;

namespace L4ReMusl.Root;

/// <summary>What a component adds to a root file system: what was built, its other files, and its checks.</summary>
/// <param name="stage">The stage that builds it.</param>
public sealed class ComponentFiles(ComponentStage stage)
{
    readonly Component component = stage.Component;

    /// <summary>The inputs besides what was built, for a fingerprint.</summary>
    public IEnumerable<(string Name, string Value)> Inputs() =>
    [
        ($"checks of {component.Name}", Fingerprint.Sha256(Checks)),
        ($"what {component.Name} replaces", string.Join(' ', component.Replaces)),
        .. Directory.Exists(component.RootFiles)
            ? SourceFolder.Hashes($"config/components/{component.Name}/root", component.RootFiles)
            : [],
    ];

    /// <summary>Writes them, without what is only for development.</summary>
    /// <param name="root">Where to.</param>
    /// <param name="replaced">The paths of files that another component has instead.</param>
    /// <exception cref="BuildException">One of the files already exists.</exception>
    public void Write(RootFsWriter root, IReadOnlySet<string> replaced)
    {
        bool IsReplaced(string path) => replaced.Contains($"/{path}");
        root.AddTree(
            stage.Output, $"The component {component.Name}", path => Component.IsForDevelopment(path) || IsReplaced(path));
        if (Directory.Exists(component.RootFiles))
            root.AddTree(component.RootFiles, component.RootFiles, path => IsReplaced(path) || IsFolder(path));
        if (component.Checks.Count > 0)
            root.AddFile($"/usr/libexec/l4re-musl/smoke.d/{component.Name}", Encoding.UTF8.GetBytes(Checks));
    }

    // Folders come with their files: git keeps no empty ones, so that another clone would not have them.
    bool IsFolder(string path) =>
        new DirectoryInfo(Path.Combine(component.RootFiles, path)) is { Exists: true, LinkTarget: null };

    // The smoke test of the booted system reads these lines; it defines the function "check".
    string Checks => string.Concat(component.Checks.Select(check =>
        $"check {check.FullName(component)} {string.Join(' ', WordsOf(check).Select(ShellWord.Quote))}\n"));

    IEnumerable<string> WordsOf(ComponentCheck check) => check.Command.Prepend(check.OutputOn(stage.Architecture));
}

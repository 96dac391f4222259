using L4ReMusl.Boot;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.L4Re;

namespace L4ReMusl.NativeBoot;

/// <summary>Makes boot images with a user's L4Re tree.</summary>
/// <param name="tree">The tree, which has the package installed.</param>
/// <param name="make">Runs its make.</param>
/// <param name="display">Shows how many images are made.</param>
public sealed class TreeImages(L4ReTree tree, TreeMake make, ProgressDisplay display)
{
    // File name suffixes, and targets of L4Re's make. QEMU boots ELF files; the boot loaders of boards, such as U-Boot, need
    // the others.
    (string Suffix, string Target)[] Kinds => tree.Platform == tree.Architecture.L4Re.EmulatedPlatform
        ? [("elf", "elfimage")]
        : [("elf", "elfimage"), ("uimage", "uimage"), ("raw", "rawimage")];

    /// <summary>Makes the images of all entries.</summary>
    /// <param name="folder">Where they go; made if it does not exist.</param>
    /// <remarks>
    /// The tree's make decides what to do, because only make knows whether a kernel or another module of the tree has changed.
    /// </remarks>
    /// <exception cref="BuildException">
    /// The tree cannot make an image, for instance because it does not know where the kernel is.
    /// </exception>
    public IReadOnlyList<Figure> Make(string folder)
    {
        Directory.CreateDirectory(folder);
        using var progress = display.Start($"Making boot images of L4Re for {tree.Architecture}", "images");
        var entries = BootEntry.All;
        foreach (var (index, entry) in entries.Index())
        {
            foreach (var (suffix, makeTarget) in Kinds)
                MakeImage(entry, makeTarget, suffix, folder);
            progress.Report(new WorkProgress(index + 1, entries.Count));
        }

        return
        [
            new Figure("images", string.Join(" ", FileTree.List(folder).Select(entry => entry.Path))),
            Figure.Size("size", FileTree.Size(folder)),
        ];
    }

    void MakeImage(BootEntry entry, string makeTarget, string suffix, string folder)
    {
        try
        {
            make.Run($"make the boot image {entry}", $"E={entry.Name}", $"MODULES_LIST={entry.ModulesList}", makeTarget);
        }
        catch (BuildException e)
        {
            throw new BuildException(
                $"{e.Message}{Environment.NewLine}If a module such as the kernel 'fiasco' was not found, add its folder to "
                + "MODULE_SEARCH_PATH, in the environment or permanently in "
                + $"'{Path.Combine(tree.Build, "conf", "Makeconf.boot")}'; "
                + "'uvmm' must be among the packages that the tree has built.", e);
        }

        var image = Path.Combine(tree.Build, "images", $"bootstrap_{entry.Name}.{suffix}");
        if (!File.Exists(image))
            throw new BuildException(
                $"L4Re's make did not produce '{image}' for the entry {entry}; "
                + "this L4Re tree may be newer than those that this project supports.");
        var target = Path.Combine(folder, $"{entry.Name}.{suffix}");
        File.Copy(image, target);
        File.SetUnixFileMode(target, FileModes.File);
    }
}

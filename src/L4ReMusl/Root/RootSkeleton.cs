using System.Text;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Text;
using L4ReMusl.Machines;

namespace L4ReMusl.Root;

/// <summary>The fixed part of a root file system: ordinary files, and a table of the rest.</summary>
/// <param name="folder">The folder of the files. Files that end in <c>.in</c> are templates.</param>
/// <param name="table">Modes, empty folders and links.</param>
public sealed class RootSkeleton(string folder, PermissionTable table)
{
    /// <summary>The values of the names in the templates.</summary>
    /// <param name="architecture">The architecture of the root file system.</param>
    /// <param name="muslVersion">The version of musl.</param>
    /// <param name="shells">The login shells; the first is root's. If there are none, nobody can log in.</param>
    public static IReadOnlyDictionary<string, string> Values(
        Architecture architecture, string muslVersion, IReadOnlyList<string> shells) =>
        new Dictionary<string, string>
        {
            ["ARCHITECTURE"] = architecture.Name,
            ["MUSL_VERSION"] = muslVersion,
            ["SHELLS"] = string.Join('\n', shells),
            ["ROOT_SHELL"] = shells.FirstOrDefault("/sbin/nologin"),
        };

    /// <summary>Writes the skeleton.</summary>
    /// <param name="root">The root file system to write into.</param>
    /// <param name="values">The values of each <c>@NAME@</c> in a template.</param>
    /// <exception cref="BuildException">A template or the table names something that does not exist.</exception>
    public void Write(RootFsWriter root, IReadOnlyDictionary<string, string> values)
    {
        var expander = new TemplateValues(values);
        foreach (var entry in FileTree.List(folder))
        {
            if (entry.LinkTarget is { } target)
                root.AddLink($"/{entry.Path}", target);
            else if (entry.IsFolder)
                root.AddFolder($"/{entry.Path}");
            else
                WriteFile(root, entry.Path, expander);
        }

        foreach (var entry in table.Entries)
            Apply(root, entry);
    }

    void WriteFile(RootFsWriter root, string path, TemplateValues values)
    {
        var content = File.ReadAllBytes(Path.Combine(folder, path));
        if (path.EndsWith(".in", StringComparison.Ordinal))
            root.AddFile($"/{path[..^3]}", Encoding.UTF8.GetBytes(values.Expand(Encoding.UTF8.GetString(content), path)));
        else
            root.AddFile($"/{path}", content);
    }

    static void Apply(RootFsWriter root, PermissionEntry entry)
    {
        var path = root.HostPath(entry.Path);
        if (entry.Kind is PermissionKind.Link or PermissionKind.CharacterDevice or PermissionKind.BlockDevice
            && Path.Exists(path))
        {
            throw new BuildException(
                $"The permission table creates '{entry.Path}', which is already in the skeleton; remove one of them.");
        }

        switch (entry.Kind)
        {
            case PermissionKind.Folder:
                root.AddFolder(entry.Path, entry.Mode);
                break;
            case PermissionKind.File when File.Exists(path):
                File.SetUnixFileMode(path, entry.Mode);
                break;
            case PermissionKind.File:
                throw new BuildException(
                    $"The permission table names the file '{entry.Path}', which is not in the skeleton; "
                    + "add the file, or remove the line.");
            case PermissionKind.Link:
                root.AddLink(entry.Path, entry.Target!);
                break;
            default:
                root.AddFolderOf(entry.Path); // Only images contain the device itself.
                break;
        }
    }
}

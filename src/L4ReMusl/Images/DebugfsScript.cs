using System.Text;

namespace L4ReMusl.Images;

/// <summary>Commands for <c>debugfs</c>, e2fsprogs' editor of unmounted file systems, which needs no root.</summary>
static class DebugfsScript
{
    static readonly string[] Times = ["atime", "ctime", "crtime", "mtime"];

    /// <summary>Commands that make device nodes, without their modes.</summary>
    /// <exception cref="BuildException">debugfs cannot take a path as an argument.</exception>
    public static string ForDevices(IEnumerable<DeviceNode> devices) => string.Concat(devices.Select(device =>
        $"cd {Quote(Path.GetDirectoryName(device.Path)!)}\n"
        + $"mknod {Quote(Path.GetFileName(device.Path))} {device.Letter} {device.Major} {device.Minor}\n"));

    /// <summary>
    /// Commands that make root the owner of everything in a file system, and set one time everywhere and the modes of
    /// device nodes.
    /// </summary>
    /// <param name="nodes">The contents of the file system.</param>
    /// <param name="devices">The device nodes.</param>
    /// <param name="time">The time.</param>
    public static string ForOwnersAndTimes(IEnumerable<Ext4Node> nodes, IReadOnlyList<DeviceNode> devices, DateTimeOffset time)
    {
        var script = new StringBuilder();
        var stamp = time.UtcDateTime.ToString("yyyyMMddHHmmss");
        var modes = devices.ToDictionary(device => device.Path, device => Convert.ToString((int)device.Mode, 8));
        foreach (var node in nodes)
        {
            var set = $"set_inode_field {node.Reference}";
            script.Append(set).Append(" uid 0\n").Append(set).Append(" gid 0\n");
            if (modes.TryGetValue(node.Path, out var mode))
                script.Append($"{set} mode 0{Convert.ToString(node.Type, 8)}{mode.PadLeft(4, '0')}\n");
            foreach (var name in Times)
                script.Append($"{set} {name} {stamp}\n{set} {name}_extra 0\n"); // _extra: the nanoseconds
        }

        return script.ToString();
    }

    /// <summary>A path as an argument of a debugfs command.</summary>
    /// <exception cref="BuildException">debugfs cannot take the path as an argument.</exception>
    public static string Quote(string path) => path.Any(char.IsControl)
        ? throw new BuildException(
            $"The name '{path}' contains a control character, which debugfs does not accept in a command; rename the file.")
        : $"\"{path.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

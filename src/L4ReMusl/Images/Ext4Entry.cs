namespace L4ReMusl.Images;

/// <summary>A file, folder or link as it is in an ext4 image.</summary>
/// <param name="Path">Its path, beginning with a slash.</param>
/// <param name="TypeAndMode">Type and permission bits in octal, as in <c>st_mode</c>: <c>100644</c> is a file with mode 0644.</param>
/// <param name="Owner">User and group, such as <c>0:0</c>.</param>
/// <param name="Times">The seconds of its four times (access, change, creation, content), without those that are equal to another.</param>
/// <param name="Content">SHA-256 of a file's content, a link's target, or nothing for a folder.</param>
public sealed record Ext4Entry(string Path, string TypeAndMode, string Owner, string Times, string Content);

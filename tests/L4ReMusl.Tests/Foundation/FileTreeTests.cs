using L4ReMusl.Foundation.Files;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Foundation;

public sealed class FileTreeTests : IDisposable
{
    readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public void Links_to_folders_are_listed_but_not_followed()
    {
        Directory.CreateDirectory(temp["tree/folder"]);
        File.WriteAllText(temp["outside"], "secret");
        File.CreateSymbolicLink(temp["tree/link"], temp.Path);

        FileTree.List(temp["tree"]).Select(entry => entry.Path).Should().Equal("folder", "link");
    }

    [Fact]
    public void Entries_come_in_ordinal_order_with_hidden_files()
    {
        Directory.CreateDirectory(temp["tree/b"]);
        foreach (var name in new[] { "a", "B", ".hidden", "b/c" })
            File.WriteAllText(temp["tree/" + name], "");

        FileTree.List(temp["tree"]).Select(entry => entry.Path).Should().Equal(".hidden", "B", "a", "b", "b/c");
    }

    [Theory]
    [InlineData("1777")] // More than a umask allows.
    [InlineData("0555")] // Not writable, but its content must get there.
    public void A_copy_keeps_the_modes_of_folders(string mode)
    {
        temp.Write("tree/folder/file", "x");
        foreach (var folder in new[] { "tree/folder", "tree" })
            File.SetUnixFileMode(temp[folder], (UnixFileMode)Convert.ToInt32(mode, 8));

        FileTree.Copy(temp["tree"], temp["copy"]);

        foreach (var folder in new[] { "copy/folder", "copy" })
            Convert.ToString((int)File.GetUnixFileMode(temp[folder]), 8).PadLeft(4, '0').Should().Be(mode);
        foreach (var folder in new[] { "tree", "tree/folder", "copy", "copy/folder" })
            File.SetUnixFileMode(temp[folder], (UnixFileMode)Convert.ToInt32("755", 8)); // So that they can be deleted.
    }

    [Fact]
    public void A_copy_keeps_contents_modes_and_links()
    {
        Directory.CreateDirectory(temp["tree/folder"]);
        File.WriteAllText(temp["tree/folder/program"], "x");
        File.SetUnixFileMode(temp["tree/folder/program"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(temp["tree/link"], "folder/program");
        File.CreateSymbolicLink(temp["tree/dangling"], "nowhere");

        FileTree.Copy(temp["tree"], temp["copy"]);

        File.ReadAllText(temp["copy/link"]).Should().Be("x");
        File.GetUnixFileMode(temp["copy/folder/program"]).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserExecute);
        new FileInfo(temp["copy/dangling"]).LinkTarget.Should().Be("nowhere");
    }

    [Fact]
    public void Deleting_a_link_leaves_what_it_points_to()
    {
        Directory.CreateDirectory(temp["folder"]);
        File.CreateSymbolicLink(temp["link"], temp["folder"]);

        FileTree.Delete(temp["link"]);

        Directory.Exists(temp["folder"]).Should().BeTrue();
        new FileInfo(temp["link"]).LinkTarget.Should().BeNull();
    }
}

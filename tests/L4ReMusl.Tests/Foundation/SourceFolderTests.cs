using System.Net.Sockets;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Foundation;

/// <summary>What a folder of the repository may contain, and what is reported at once rather than opened for ever.</summary>
public sealed class SourceFolderTests : IDisposable
{
    readonly TempFolder temp = new();

    [Fact]
    public void Files_and_links_are_hashed()
    {
        temp.Write("a/file", "x");
        File.CreateSymbolicLink(temp["a", "link"], "file");

        Hashes().Should().Equal(("a/file", Fingerprint.Sha256("x")), ("a/link", "file"));
    }

    [Theory]
    [InlineData("mkfifo \"$0\"", "is a FIFO")]
    [InlineData("truncate -s 3G \"$0\"", "has 3221225472 bytes")]
    public void Anything_else_is_one_sentence(string command, string told) => Refuse(command, told);

    [Fact]
    public void A_socket_is_one_sentence()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(temp["socket"]));

        Refuse("mv \"$(dirname \"$0\")/../socket\" \"$0\"", "is a socket");
    }

    [Fact]
    public void A_device_node_is_shown_the_way_into_the_table()
    {
        if (Environment.IsPrivilegedProcess) // Only root can make one.
            Refuse("mknod \"$0\" c 5 1", "declare it in config/lsb_root.permissions: its path, 'c', a mode, and '5:1'");
    }

    [Fact]
    public void A_name_that_is_not_UTF8_is_reported_in_one_sentence() =>
        Refuse("printf x > \"$0\"\"$(printf '\\344')\"", "is not valid UTF-8");

    public void Dispose()
    {
        // .NET cannot delete a file whose name it cannot represent.
        Tools.OfHost.Run(new ToolInvocation("sh", "-c", "rm -rf \"$0\"/a", temp.Path));
        temp.Dispose();
    }

    void Refuse(string command, string told)
    {
        Directory.CreateDirectory(temp["a"]);
        Tools.OfHost.Run(new ToolInvocation("sh", "-c", command, temp["a", "odd"])).OrThrow("make the odd one");

        this.Invoking(_ => Hashes()).Should().Throw<BuildException>()
            .Which.Message.Should().Contain(temp["a", "odd"]).And.Contain(told);
    }

    List<(string, string)> Hashes() => [.. SourceFolder.Hashes("a", temp["a"])];
}

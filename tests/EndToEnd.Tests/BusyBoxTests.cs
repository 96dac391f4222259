using System.Formats.Tar;
using System.Net;
using System.Net.Sockets;
using System.Text;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>The promises of the BusyBox patches: hostile archives, addresses and names do no harm.</summary>
public sealed class BusyBoxTests : IDisposable
{
    const string Escape = "\e[31m";

    readonly TempFolder temp = new();

    public static IEnumerable<object[]> Architectures => Artefacts.Components.Contains("busybox") ? Artefacts.Architectures : [];

    public BusyBoxTests()
    {
        Directory.CreateDirectory(temp["here"]);
        temp.Write("secret", "secret");
    }

    public void Dispose() => temp.Dispose();

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Cpio_writes_nothing_outside_of_the_current_folder(string architecture)
    {
        WriteCpio("../written", "a/../../written", "good");

        Run(architecture, "cpio", "-id", "-F", temp["a.cpio"]);

        File.Exists(temp["written"]).Should().BeFalse();
        Directory.EnumerateFileSystemEntries(temp["here"]).Select(Path.GetFileName)
            .Should().BeEquivalentTo("written", "good");
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Netstat_prints_no_escape_sequence_of_a_program_s_name(string architecture)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        // The root file system cannot be -L: its own /proc is empty.
        // bash gives its child a name with an escape sequence, and leaves the connection to it.
        var script = $"exec {{s}}<>/dev/tcp/127.0.0.1/{Start(listener)}; "
            + $"exec -a '{Escape}rogue' sleep 100 & exec {{s}}>&-; "
            + "for i in 1 2 3 4 5 6 7 8 9; do grep -q rogue /proc/$!/cmdline && break; sleep 0.1; done; "
            + $"{Artefacts.Named(architecture).QemuUser} -L {StagedPrefix.Of(architecture).Path} "
            + $"{BusyBox(architecture)} netstat -tnp; kill $!";

        var said = Tools.OfHost.Run(new ToolInvocation("bash", ["-c", script])).OrThrow("netstat").Output;

        said.Should().Contain("rogue").And.NotContain("\e");
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Listings_of_archives_print_no_escape_sequence(string architecture)
    {
        using (var tar = new TarWriter(File.Create(temp["a.tar"])))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"name{Escape}")
            {
                UserName = Escape,
                GroupName = Escape,
            });
            tar.WriteEntry(new UstarTarEntry(TarEntryType.SymbolicLink, "link") { LinkName = $"target{Escape}" });
        }

        WriteCpio($"name{Escape}");

        string[][] listings =
            [["tar", "tf", temp["a.tar"]], ["tar", "tvf", temp["a.tar"]], ["cpio", "-tF", temp["a.cpio"]]];
        foreach (var listing in listings)
        {
            Run(architecture, listing).OrThrow(listing[0]).Output
                .Should().Contain("name?[31m", string.Join(' ', listing)).And.NotContain("\e");
        }

        Run(architecture, "tar", "tvf", temp["a.tar"]).Output
            .Should().Contain("link -> target?[31m").And.Contain(" ?[31m/?[31m ");
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Wget_sends_no_address_that_would_split_its_request(string architecture)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        var host = $"127.0.0.1:{Start(server)}";

        string[] addresses =
        [
            $"http://{host}/a\r\nHost: other", $"http://{host}/a b", $"http://{host}?a\tb",
            $"ftp://{host}/a\r\nDELE a", $"ftp://a%0d%0aDELE%20a@{host}/a",
        ];

        foreach (var address in addresses)
        {
            var failed = Run(architecture, "wget", "-O", "-", address);
            failed.ExitCode.Should().Be(1);
            failed.Error.Should().MatchRegex("^wget: '.*' has a blank or a control character\n$");
        }

        server.Pending().Should().BeFalse();
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Tar_changes_nothing_of_the_folder_above(string architecture)
    {
        var mode = File.GetUnixFileMode(temp.Path);
        using (var tar = new TarWriter(File.Create(temp["a.tar"])))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.Directory, "..") { Mode = (UnixFileMode)0b111_111_111 });
            tar.WriteEntry(new UstarTarEntry(TarEntryType.Directory, "a/../..") { Mode = (UnixFileMode)0b111_111_111 });
        }

        Run(architecture, "tar", "xf", temp["a.tar"]);

        File.GetUnixFileMode(temp.Path).Should().Be(mode);
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void A_hard_link_of_an_archive_leads_nowhere_else_not_even_through_a_symbolic_one(string architecture)
    {
        foreach (var target in (string[])["../secret", temp["secret"], "x/../../secret", "way/secret"])
        {
            using (var tar = new TarWriter(File.Create(temp["a.tar"])))
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.SymbolicLink, "way") { LinkName = ".." });
                tar.WriteEntry(new UstarTarEntry(TarEntryType.HardLink, "stolen") { LinkName = target });
            }

            Run(architecture, "tar", "xf", temp["a.tar"]).Error.Should().Contain("can't create hardlink 'stolen'", target);
            File.Exists(temp["here", "stolen"]).Should().BeFalse(target);
            File.Delete(temp["here", "way"]);
        }
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Links_that_stay_inside_are_extracted_as_ever(string architecture)
    {
        using (var tar = new TarWriter(File.Create(temp["a.tar"])))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "d/file")
            {
                DataStream = new MemoryStream("text"u8.ToArray()),
            });
            tar.WriteEntry(new UstarTarEntry(TarEntryType.HardLink, "hard") { LinkName = "d/file" });
            tar.WriteEntry(new UstarTarEntry(TarEntryType.SymbolicLink, "d/soft") { LinkName = "../hard" });
            tar.WriteEntry(new UstarTarEntry(TarEntryType.HardLink, "hard-to-soft") { LinkName = "d/soft" });
        }

        Run(architecture, "tar", "xf", temp["a.tar"]).OrThrow("tar");

        File.ReadAllText(temp["here", "hard"]).Should().Be("text");
        File.ReadAllText(temp["here", "d", "soft"]).Should().Be("text");
        new FileInfo(temp["here", "hard-to-soft"]).LinkTarget.Should().Be("../hard");
    }

    ToolResult Run(string architecture, params string[] command) => Artefacts.EmulateIn(
        temp["here"], Artefacts.Named(architecture), Root(architecture), [BusyBox(architecture), .. command]);

    void WriteCpio(params string[] names) =>
        File.WriteAllText(temp["a.cpio"], string.Concat(names.Append("TRAILER!!!").Select(NewcEntry)));

    static string Root(string architecture) => Artefacts.Layout.RootFs(Artefacts.Named(architecture));

    static string BusyBox(string architecture) => Path.Combine(Root(architecture), "bin", "busybox");

    static int Start(TcpListener listener)
    {
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // An empty file of cpio's format "newc": numbers of eight hexadecimal digits, and padding to four bytes.
    static string NewcEntry(string name)
    {
        int[] numbers = [1, 0x81a4, 0, 0, 1, 0, 0, 0, 0, 0, 0, name.Length + 1, 0];
        var text = new StringBuilder("070701").AppendJoin("", numbers.Select(number => $"{number:x8}")).Append(name).Append('\0');
        return text.Append('\0', -text.Length & 3).ToString();
    }
}

using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>A pack: what others get, who have nothing of this repository.</summary>
public sealed class PackTests(PackTests.MadePack made) : IClassFixture<PackTests.MadePack>, IDisposable
{
    static readonly string Name = RepositoryCopy.Architectures[^1];

    readonly TempFolder temp = new("unpacked anywhere ");

    /// <summary>A pack of one architecture, made once.</summary>
    public sealed class MadePack : IDisposable
    {
        public MadePack()
        {
            Tools.OfHost.Run(new ToolInvocation("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", Key)).OrThrow("make a key");
            Copy.WithOutput();
            Said = BuildProgram.Text(Copy.Program.Run(Command).OrThrow("make a pack"));
        }

        public RepositoryCopy Copy { get; } = new();

        public string Said { get; }

        public string[] Command => ["Pack", "--architectures", Name, "--signing-key", Key];

        public string Folder => Copy.Layout.Pack;

        string Key => Copy["key"];

        /// <summary>The list of those who may sign.</summary>
        public string Signers
        {
            get
            {
                File.WriteAllText(Copy["allowed_signers"], $"release@example.org {File.ReadAllText(Key + ".pub")}");
                return Copy["allowed_signers"];
            }
        }

        public void Dispose() => Copy.Dispose();
    }

    [Fact]
    public void It_verifies_and_a_changed_byte_does_not()
    {
        string[] verify = ["Verify", "--pack-folder", CopyOfPack(), "--allowed-signers", made.Signers];

        BuildProgram.Text(made.Copy.Program.Run(verify).OrThrow("verify")).Should().Contain("signature: by release@example.org");
        var archive = Directory.GetFiles(verify[2], "*.tar.zst")[0];
        var bytes = File.ReadAllBytes(archive);
        bytes[^1] ^= 1;
        File.WriteAllBytes(archive, bytes);

        var failed = made.Copy.Program.Run(verify);
        failed.ExitCode.Should().NotBe(0);
        BuildProgram.Text(failed).Should().Contain($"{Path.GetFileName(archive)} was changed");
    }

    [Fact]
    public void Both_forms_of_an_archive_hold_the_same_and_unpack_to_what_was_built()
    {
        foreach (var archive in Directory.GetFiles(made.Folder, "l4re-musl-*.tar.gz"))
            Listing(archive).Should().Be(Listing(Path.ChangeExtension(archive, ".zst")));
        var set = Unpack("boot-set");
        Run("sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS");
        Directory.Delete(Path.Combine(set, "LICENSES"), recursive: true);
        FileTree.ContentHash(set).Should().Be(FileTree.ContentHash(made.Copy.Layout.BootSet(Artefacts.Named(Name))));

        void Run(params string[] command) => Tools.OfHost
            .Run(new ToolInvocation(command[0], command[1..]) { WorkingDirectory = set }).OrThrow("check the boot set");
    }

    [Theory]
    [InlineData("-no-pie")]
    [InlineData("-static")]
    [InlineData("-static-pie")]
    public void The_prefix_compiles_links_and_runs_wherever_it_is_unpacked(string option)
    {
        var prefix = new StagedPrefix(Artefacts.Named(Name), Unpack("prefix"));
        var source = temp.Write("hello.c", """
            #include <stdio.h>
            int main(void) { puts("hello"); }

            """);

        prefix.Compile(source, temp["hello"], option);

        prefix.Run(temp["hello"]).OrThrow("run it").Output.Should().Be("hello\n");
    }

    [Fact]
    public void Licences_and_sources_of_all_that_is_in_it_are_there()
    {
        Files(Unpack("boot-set")).Should().Contain(
            ["musl/COPYRIGHT", "busybox/LICENSE", "gcc/GCC-exception-3.1.txt", "linux/GPL-2.0-only.txt", "linux/SOURCE"]);
        Files(Unpack("prefix")).Should().Contain(["l4re-musl/LICENSE", "musl/COPYRIGHT"]).And.NotContain("busybox/LICENSE");
        Directory.GetFiles(made.Folder).Select(Path.GetFileName)
            .Should().Contain(["musl-1.2.5.tar.gz", "busybox-1.37.0.tar.bz2"]);

        static IEnumerable<string> Files(string folder) =>
            FileTree.List(Path.Combine(folder, "LICENSES")).Where(file => file.IsFile).Select(file => file.Path);
    }

    [Fact]
    public void Another_build_in_another_folder_makes_the_same_bytes()
    {
        using var other = new RepositoryCopy();
        File.Copy(made.Copy["key"], other["key"]);
        other.Program.Run(["Pack", .. made.Command[1..^1], other["key"]]).OrThrow("make a pack");

        Sums(other.Layout.Pack).Should().Be(Sums(made.Folder));
        File.ReadAllText(Path.Combine(other.Layout.Pack, "SHA256SUMS.sig"))
            .Should().Be(File.ReadAllText(Path.Combine(made.Folder, "SHA256SUMS.sig")));

        static string Sums(string folder) => File.ReadAllText(Path.Combine(folder, "SHA256SUMS"));
    }

    [Fact]
    public void A_second_run_makes_nothing()
    {
        BuildProgram.Text(made.Copy.Program.Run(made.Command).OrThrow("make a pack")).Should().Contain("pack: up to date");
        made.Said.Should().Contain("pack: made");
    }

    [Fact]
    public void Clean_removes_it()
    {
        using var copy = new RepositoryCopy();
        Directory.CreateDirectory(copy.Layout.Pack);
        Directory.CreateDirectory(Path.Combine(copy.Layout.Archives, "prefix-arm64"));

        copy.Program.Run("Clean").OrThrow("clean");

        Directory.Exists(copy.Layout.Output).Should().BeFalse();
    }

    [Fact]
    public void What_is_no_commit_of_a_release_is_not_released()
    {
        var failed = made.Copy.Program.Run("Release", "--architectures", Name);

        failed.ExitCode.Should().NotBe(0);
        BuildProgram.Text(failed).Should().Contain("A release is made from a git repository, and this is none.");
    }

    public void Dispose() => temp.Dispose();

    string CopyOfPack()
    {
        FileTree.Copy(made.Folder, temp["pack"]);
        return temp["pack"];
    }

    string Unpack(string kind)
    {
        var archive = Directory.GetFiles(made.Folder, $"l4re-musl-*-{kind}-{Name}.tar.gz").Single();
        Tools.OfHost.Run(new ToolInvocation("tar", "-xf", archive, "-C", temp.Path)).OrThrow("unpack");
        return temp[Path.GetFileName(archive)[..^".tar.gz".Length]];
    }

    static string Listing(string archive) =>
        Tools.OfHost.Run(new ToolInvocation("tar", "-tvf", archive)).OrThrow("list an archive").Output;
}

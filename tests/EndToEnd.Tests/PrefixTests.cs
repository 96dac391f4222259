using L4ReMusl.Foundation.Files;
using L4ReMusl.Layout;
using L4ReMusl.Musl;
using L4ReMusl.Settings;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

public sealed class PrefixTests : IDisposable
{
    readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void It_keeps_its_contract(string name)
    {
        var prefix = StagedPrefix.Of(name);

        new PrefixVerifier(prefix.Path, prefix.Architecture, [RepositoryRoot.Path]).Invoking(v => v.Verify()).Should().NotThrow();
    }

    [Theory]
    [InlineData("lib/libc.a", "delete", "lib/libc.a is missing")]
    [InlineData("lib/libpthread.so", "delete", "lib/libpthread.so is not a link to libc.so")]
    [InlineData("lib/libc.so", "other", "lib/libc.so is for Arm, not for AArch64")]
    [InlineData("lib/libc.a", "other", "lib/libc.a is for Arm, not for AArch64")]
    [InlineData("lib/crt1.o", "other", "lib/crt1.o is for Arm, not for AArch64")]
    [InlineData("VERSION", "path", "VERSION contains the path")]
    public void A_breach_of_the_contract_is_found_and_named(string file, string breach, string message)
    {
        var prefix = StagedPrefix.Of("arm64").CopyTo(temp["prefix"]);
        var path = Path.Combine(prefix.Path, file);
        switch (breach)
        {
            case "delete": File.Delete(path); break;
            case "other": File.Copy(Path.Combine(StagedPrefix.Of("arm").Path, file), path, overwrite: true); break;
            default: File.WriteAllText(path, RepositoryRoot.Path); break;
        }

        new PrefixVerifier(prefix.Path, prefix.Architecture, [RepositoryRoot.Path]).Invoking(v => v.Verify())
            .Should().Throw<BuildException>().WithMessage($"*{message}*");
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void A_changed_list_of_exported_symbols_is_refused_and_says_which(string name)
    {
        var prefix = StagedPrefix.Of(name);
        var layout = new BuildLayout(temp.Path, temp["cache"]);
        var committed = File.ReadAllLines(Artefacts.Layout.MuslExports(SettingsParser.DefaultMuslVersion, prefix.Architecture));
        temp.Write(
            $"config/abi/musl-1.2.5/{name}.txt",
            string.Join('\n', committed.Where(s => s != "printf").Append("zzz_gone")) + "\n");

        new ExportCheck(layout)
            .Invoking(check => check.Verify(Path.Combine(prefix.Path, "lib", "libc.so"), "1.2.5", prefix.Architecture))
            .Should().Throw<BuildException>().WithMessage("*1 new (printf); 1 gone (zzz_gone)*");
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void The_manifest_describes_exactly_what_is_there(string name)
    {
        var prefix = StagedPrefix.Of(name);
        var manifest = File.ReadAllText(Path.Combine(prefix.Path, "share", "l4re-musl", PrefixManifest.FileName));

        PrefixManifest.Describe(prefix.Path).Should().Be(manifest);
        manifest.Should().StartWith("#mtree\n").And
            .Contain($"./lib/libc.so type=file mode=0755 size={new FileInfo(Path.Combine(prefix.Path, "lib", "libc.so")).Length} "
                + $"sha256digest={Fingerprint.Sha256OfFile(Path.Combine(prefix.Path, "lib", "libc.so"))}\n").And
            .Contain($"./lib/{prefix.Architecture.Loader} type=link mode=0777 link=libc.so\n");
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void It_has_what_make_install_would_have_installed(string name)
    {
        var prefix = StagedPrefix.Of(name);
        var compiler = prefix.Architecture.CrossPrefixes[0];
        Directory.CreateDirectory(temp["build"]);
        var configure = $"CROSS_COMPILE={compiler} CC={compiler}gcc '{Artefacts.Layout.MuslSource}/configure' "
            + $"--target={prefix.Architecture.Triple} --prefix=/ && make install-headers DESTDIR='{temp["installed"]}'";

        Tools.OfHost.Run(new("sh", "-c", configure) { WorkingDirectory = temp["build"] })
            .OrThrow("install musl's headers with make");

        var ours = Path.Combine(prefix.Path, "include");
        FileTree.List(ours).Select(e => e.Path).Should().Equal(FileTree.List(temp["installed", "include"]).Select(e => e.Path));
        FileTree.List(ours).Where(e => e.IsFile && Fingerprint.Sha256OfFile(Path.Combine(ours, e.Path))
                != Fingerprint.Sha256OfFile(temp["installed", "include", e.Path]))
            .Should().BeEmpty();
    }
}

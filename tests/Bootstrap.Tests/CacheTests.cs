using L4ReMusl.Tests.Support;

namespace Bootstrap.Tests;

/// <summary>Compiled builds in the user's cache: who takes one from there, and when it is not trusted.</summary>
public sealed class CacheTests : IClassFixture<CachedBuild>, IDisposable
{
    readonly Repository clone = new();
    readonly TempFolder temp = new("cache ");
    readonly Dictionary<string, string> environment = new() { ["NUKE_ENGINE"] = "standin" };
    readonly CachedBuild cached;
    readonly CacheFolder cache;

    public CacheTests(CachedBuild cached)
    {
        this.cached = cached;
        cache = cached.Cache.CopyTo(temp["cache"]);
        environment["NUKE_CACHE_FOLDER"] = cache.Path;
    }

    string Entry => cache.Results.Should().ContainSingle().Subject;

    [Fact]
    public void A_fresh_clone_starts_without_an_SDK()
    {
        UseDotnet("sdk/" + SdkOf(Entry));

        using var first = Start();
        using var second = Start();

        first.Output.Should().Contain($"first||{clone.Root}|");
        first.Errors.Should().Be($"build.sh: taking the compiled build from {cache.Builds}\n");
        (second.ExitCode, second.Errors).Should().Be((0, ""));
        File.ReadLines(temp["dotnet", "log"]).Should().Equal(Enumerable.Repeat(clone.Locate("build/bin/Release/_build.dll"), 2));
    }

    [Fact]
    public void A_runtime_is_enough()
    {
        UseDotnet();

        using var run = Start();

        run.Output.Should().Contain("first|");
        run.HasCompiled.Should().BeFalse();
    }

    [Theory]
    [InlineData("sdk/10.0.99")]
    [InlineData("runtime of another version")]
    public void Another_SDK_compiles_and_an_unfit_runtime_is_not_tried(string what)
    {
        UseDotnet(what);
        if (what != "sdk/10.0.99")
            Directory.Move(temp["dotnet", "shared", "Microsoft.NETCore.App", "10.0.99"], temp["dotnet", "9.0.0"]);

        using var run = Start();

        run.Output.Should().Contain("first|", run.Errors);
        (run.HasCompiled, run.HasTakenFromCache).Should().Be((true, false));
    }

    [Fact]
    public void Each_state_of_the_sources_is_compiled_once_and_the_newest_are_kept()
    {
        foreach (var number in Enumerable.Range(1, 9))
            File.SetLastWriteTimeUtc(temp.Write($"cache/build/other{number}_1_2.tar", ""), DateTime.UtcNow.AddDays(-number));
        File.SetLastWriteTimeUtc(temp.Write("cache/build/.new.killed", ""), DateTime.UtcNow.AddDays(-3));

        clone.WriteBuild("second");
        using var changed = Start();
        File.Delete(clone.Locate("build/packages.standin.lock.json")); // Only in this test is there none at first.
        clone.WriteBuild("first");
        using var back = Start();
        using var other = new Repository();
        other.WriteBuild("second");
        using var elsewhere = Start(other);

        changed.Output.Should().Contain("second|");
        (changed.HasCompiled, back.HasCompiled, elsewhere.HasCompiled).Should().Be((true, false, false));
        back.Output.Should().Contain("first|");
        elsewhere.Output.Should().Contain($"second||{other.Root}|");
        cache.Results.Should().HaveCount(8).And.Contain(file => file.Contains("other1_"))
            .And.NotContain(file => file.Contains("other9_"));
        cache.Names.Should().NotContain(".new.killed");
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("truncated")]
    [InlineData("empty")]
    [InlineData("writable by others")]
    [InlineData("a link")]
    [InlineData("another user's")]
    public void An_entry_that_is_not_as_it_was_stored_is_removed_and_the_build_compiled(string state)
    {
        if (state == "another user's" && !Environment.IsPrivilegedProcess)
            return; // Only root can make one.
        UseDotnet();
        var bad = Entry;
        Spoil(bad, state);

        using var run = Start();
        using var other = new Repository();
        using var next = Start(other);

        run.Output.Should().Contain("first|");
        run.Errors.Should().Be(
            $"build.sh: not using {bad}, because it is damaged, or others could have changed it\n"
            + "build.sh: compiling the build (first start)\n");
        next.HasCompiled.Should().BeFalse();
        next.Output.Should().Contain("first|");
        Entry.Should().NotBe(bad);
    }

    [Theory]
    [InlineData("writable by others")]
    [InlineData("another user's")]
    public void A_folder_that_others_can_change_is_not_used(string state)
    {
        if (state == "another user's" && !Environment.IsPrivilegedProcess)
            return;
        UseDotnet();
        var before = Entry;
        Spoil(cache.Builds, state);

        using var run = Start();

        run.Output.Should().Contain("first|");
        run.Errors.Should().Be(
            "build.sh: compiling the build (first start)\n"
            + $"build.sh: could not put the compiled build into {cache.Builds}, where this user must be able to write, "
            + "and nobody else\n");
        Entry.Should().Be(before);
    }

    [Fact]
    public void A_read_only_cache_is_read_and_its_state_is_no_error()
    {
        var own = cache.CopyTo(clone.Locate("cache")); // Where an ordinary user gets to.
        clone.GiveToNobody();
        File.SetUnixFileMode(own.Builds, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        string[] start = [$"HOME={clone.Root}", "NUKE_ENGINE=standin", $"NUKE_CACHE_FOLDER={own.Path}", "./build.sh"];

        using var taken = Nobody.Start(clone.Root, start);
        taken.Output.Should().Contain("first|", taken.Errors);
        taken.HasCompiled.Should().BeFalse();

        clone.WriteBuild("second");
        using var compiled = Nobody.Start(clone.Root, start);
        compiled.Output.Should().Contain("second|", compiled.Errors);
        compiled.Errors.Should().Contain($"could not put the compiled build into {own.Builds}");
        compiled.ExitCode.Should().Be(0);
    }

    [Fact]
    public void Two_clones_at_once_do_not_disturb_each_other()
    {
        using var other = new Repository();
        foreach (var repository in new[] { clone, other })
            repository.WriteBuild("both");

        using var one = Run.Start("./build.sh", clone.Root, environment);
        using var two = Run.Start("./build.sh", other.Root, environment);
        one.Output.Should().Contain($"both||{clone.Root}|");
        two.Output.Should().Contain($"both||{other.Root}|");
        (one.ExitCode, two.ExitCode).Should().Be((0, 0));

        using var third = new Repository();
        third.WriteBuild("both");
        using var late = Start(third);
        late.HasCompiled.Should().BeFalse();
        late.Output.Should().Contain("both|");
        cache.Names.Should().NotContain(name => name.StartsWith('.'));
    }

    [Fact]
    public void A_build_that_is_killed_while_it_stores_leaves_nothing_that_is_taken_for_a_result()
    {
        UseDotnet();
        File.Delete(Entry);
        temp.WriteProgram("programs/tar", $"echo half > \"$2\"\n: > '{temp["stores"]}'\nsleep 60");
        var path = environment["PATH"];
        environment["PATH"] = $"{temp["programs"]}:{path}";
        using (var killed = Run.Start("./build.sh", clone.Root, environment))
        {
            SpinWait.SpinUntil(() => File.Exists(temp["stores"]), TimeSpan.FromMinutes(2)).Should().BeTrue();
            killed.Kill();
        }

        cache.Names.Should().ContainSingle().Which.Should().StartWith(".new.");
        environment["PATH"] = path;
        using var same = Start();
        using var other = new Repository();
        using var fresh = Start(other);

        same.Output.Should().Contain("first|");
        fresh.Output.Should().Contain("first|");
        (fresh.HasCompiled, fresh.HasTakenFromCache).Should().Be((true, false));
        cache.Results.Should().ContainSingle();
    }

    public void Dispose()
    {
        clone.Dispose();
        temp.Dispose();
    }

    static void Spoil(string path, string state)
    {
        switch (state)
        {
            case "changed":
                using (var file = File.OpenWrite(path))
                {
                    file.Position = file.Length / 2;
                    file.Write("changed"u8);
                }

                break;
            case "truncated":
                using (var file = File.OpenWrite(path))
                    file.SetLength(file.Length - 1024);
                break;
            case "empty":
                File.WriteAllText(path, "");
                break;
            case "writable by others":
                File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.GroupWrite);
                break;
            case "a link":
                File.Move(path, path + ".elsewhere");
                File.CreateSymbolicLink(path, path + ".elsewhere");
                break;
            case "another user's":
                using (var change = Run.Start("chown", "/", [], "65534", path))
                    change.ExitCode.Should().Be(0, change.Errors);
                break;
        }
    }

    static string SdkOf(string entry) => Path.GetFileName(entry).Split('_')[1];

    // An installation of .NET that notes with what its programs are started. It compiles nothing, which would take seconds: the
    // result for the unchanged sources is known. The rest it leaves to the machine's own.
    void UseDotnet(params string[] folders)
    {
        foreach (var folder in folders.Append("shared/Microsoft.NETCore.App/10.0.99"))
            Directory.CreateDirectory(temp["dotnet", folder]);
        temp.WriteProgram("dotnet/dotnet", $"""
            echo "$1" >> '{temp["dotnet", "log"]}'
            if [ "$1" = build ]; then exec cp -R '{cached.Compiled}' build/bin; fi
            exec '{Machine.Dotnet}' "$@"
            """);
        environment["PATH"] = $"{temp["dotnet"]}:{Environment.GetEnvironmentVariable("PATH")}";
    }

    Run Start() => Start(clone);

    Run Start(Repository repository) => Run.Start("./build.sh", repository.Root, environment).Finished();
}

/// <summary>A cache with the compiled build of an unchanged <see cref="Repository"/>, with the stand-in.</summary>
public sealed class CachedBuild : IDisposable
{
    readonly Repository repository = new();

    public CachedBuild()
    {
        using var run = Run.Start("./build.sh", repository.Root, new() { ["NUKE_ENGINE"] = "standin" });
        run.ExitCode.Should().Be(0, run.Errors);
    }

    public CacheFolder Cache => repository.Cache;

    /// <summary>The compiled build.</summary>
    public string Compiled => repository.Locate("build/bin");

    public void Dispose() => repository.Dispose();
}

static class Machine
{
    /// <summary>The dotnet that runs these tests.</summary>
    public static string Dotnet => Environment.ProcessPath!;
}

using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Graph;
using L4ReMusl.Packs;
using L4ReMusl.Settings;

namespace L4ReMusl.Goals;

/// <summary>Makes a pack again, in a clone in another folder, without a cache of results.</summary>
/// <param name="build">What the user asked for.</param>
sealed class SecondBuild(BuildContext build)
{
    // Their values concern only how something is made, or are paths that mean nothing in another folder.
    static readonly string[] NotPassed =
    [
        Parameters.CacheFolder.Name, Parameters.CacheSize.Name, Parameters.RemoteCache.Name, Parameters.RemoteCacheMode.Name,
        Parameters.RemoteCacheKey.Name, Parameters.SigningKey.Name, Parameters.AllowedSigners.Name, Parameters.PackFolder.Name,
    ];

    /// <summary>Makes the pack.</summary>
    /// <param name="commit">The commit to make it from.</param>
    /// <exception cref="BuildException">It cannot be made.</exception>
    public Result Pack(string commit)
    {
        using var scratch = new ScratchFolder();
        var (clone, cache) = (Path.Combine(scratch.Path, "clone"), Path.Combine(scratch.Path, "cache"));
        Git("clone", "--quiet", "--no-checkout", build.Layout.Root, clone);
        Git("-C", clone, "checkout", "--quiet", "--detach", commit);
        foreach (var folder in (string[])
            [build.Layout.Downloads, build.Layout.Kernels, build.Layout.RustSources, build.Layout.CxxSources])
        {
            if (Directory.Exists(folder))
                FileTree.Copy(folder, Path.Combine(cache, Path.GetFileName(folder)));
        }

        build.Log.Information("Making the pack again, in {Folder}, without a cache of results", clone);
        build.Tools.Run(
            new ToolInvocation(Path.Combine(clone, "build.sh"), ["Pack", .. Words()])
            {
                WorkingDirectory = clone,
                // The second build is nothing that a CI system should show, and needs no secrets.
                Environment = HostVariables.For(cache, "GITHUB_", "TF_BUILD", "L4RE_MUSL_"),
            },
            line => build.Log.Debug("{Line:l}", line))
            .OrThrow("make the pack again");
        return new Result(File.ReadAllText(Path.Combine(clone, "out", "pack", Sha256Sums.FileName)));
    }

    void Git(params string[] arguments) => build.Tools.Run(new ToolInvocation("git", arguments)).OrThrow("clone the repository");

    // As the user gave them, wherever that was.
    IEnumerable<string> Words() => Parameters.For(build.Settings.KnownArchitectures)
        .Where(parameter => !NotPassed.Contains(parameter.Name))
        .Select(parameter => (parameter.Option, Words: build.Settings.Given.Of(parameter)))
        .Where(given => given.Words.Count > 0)
        .SelectMany(given => given.Words.Prepend(given.Option));

    /// <summary>The pack that was made.</summary>
    /// <param name="Sums">The sums of its files.</param>
    internal sealed record Result(string Sums)
    {
        /// <summary>Compares it with another one.</summary>
        /// <param name="pack">The folder of the other one.</param>
        /// <returns>What was compared.</returns>
        /// <exception cref="BuildException">They differ.</exception>
        public string CompareWith(string pack)
        {
            var (first, second) =
                (Sha256Sums.Parse(File.ReadAllText(Path.Combine(pack, Sha256Sums.FileName))), Sha256Sums.Parse(Sums));
            var others = first.Except(second).Concat(second.Except(first)).Select(file => file.Name).Distinct().Order().ToList();
            return others.Count == 0
                ? $"the same {first.Count} files"
                : throw new BuildException(
                    $"The pack differs from one that was made again from the same commit: {string.Join(", ", others)}.");
        }
    }
}

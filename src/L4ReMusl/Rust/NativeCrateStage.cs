using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Musl;
using L4ReMusl.Stages;

namespace L4ReMusl.Rust;

/// <summary>Builds the crate <c>rust-native</c> for the flavour l4re: a program without <c>std</c>, once for each backend.</summary>
/// <param name="layout">Where everything lies.</param>
/// <param name="target">What it is built for.</param>
/// <param name="prefix">The inputs of the flavour's prefix.</param>
/// <param name="backends">The backends.</param>
/// <param name="std">The stage that makes the sysroot; it must have run before this one.</param>
/// <param name="cargo">Runs cargo. Both are asked late: which compiler is used may turn out only when it is tried.</param>
/// <param name="runner">Runs tools.</param>
public sealed class NativeCrateStage(
    BuildLayout layout, RustTarget target, Fingerprint prefix, IReadOnlyList<string> backends, Func<RustStdStage> std, Func<Cargo> cargo, ToolRunner runner) : IStage
{
    /// <summary>The crate.</summary>
    public const string Crate = "rust-native";

    const string Recipe = "1";

    /// <summary>The target.</summary>
    public RustTarget Target => target;

    /// <inheritdoc/>
    public string Name => $"{Crate}-{target.Architecture.Name}";

    /// <inheritdoc/>
    public string Output => layout.RustNativePrograms(target.Architecture);

    /// <inheritdoc/>
    public Fingerprint Inputs => field ??= new Fingerprint(
    [
        ("recipe", Recipe), ("target", target.Name), ("backends", string.Join(' ', backends)), ("prefix", prefix.Digest), ("standard library", std().Inputs.Digest), .. CrateSources.Hashes(layout),
    ]);

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Make(string scratch)
    {
        var work = scratch + ".work";
        Directory.CreateDirectory(scratch);
        File.SetUnixFileMode(scratch, FileModes.Program);
        try
        {
            using var log = new CommandLog(runner, layout.Log(Name));
            foreach (var backend in backends)
                Build(backend, Path.Combine(scratch, backend), Path.Combine(work, "target"), log);
        }
        finally
        {
            StageFolders.Discard(work);
        }

        return PrefixFiles.HostPaths(scratch, [layout.Root + "/", layout.CacheFolder + "/"]).FirstOrDefault() is { } problem
            ? throw new BuildException($"The crate {Crate} was not built as it should be for {target.Name}: {problem}.")
            : [.. backends.Select(backend => Figure.Size(backend, new FileInfo(Path.Combine(scratch, backend)).Length))];
    }

    // What differs is linked last: all else is compiled once.
    void Build(string backend, string program, string compiled, CommandLog log)
    {
        log.Run($"build {Crate} for {target.Name} and the backend {backend}", cargo().NativeInvocation(
            target, compiled, "rustc", "--release", "--package", Crate, "--target", target.Name, "--", $"-Clink-arg=--backend={backend}"));
        File.Copy(Path.Combine(compiled, target.Name, "release", Crate), program);
        File.SetUnixFileMode(program, FileModes.Program);
    }
}

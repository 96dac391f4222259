using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Musl;
using L4ReMusl.Stages;

namespace L4ReMusl.Rust;

/// <summary>
/// Builds the crate <c>rust-native</c> for the l4re flavour, a program without <c>std</c>, once per backend.
/// </summary>
/// <param name="layout">Where everything lies.</param>
/// <param name="prefix">Makes the flavour's prefix.</param>
/// <param name="backends">The backends.</param>
/// <param name="std">Makes the sysroot.</param>
/// <param name="rust">Runs cargo.</param>
/// <param name="runner">Runs tools.</param>
public sealed class NativeCrateStage(
    BuildLayout layout, IStage prefix, IReadOnlyList<string> backends, RustStdStage std, RustChoice rust, ToolRunner runner)
    : Stage(prefix, std)
{
    /// <summary>The crate.</summary>
    public const string Crate = "rust-native";

    /// <summary>The target.</summary>
    public RustTarget Target => std.Target;

    /// <inheritdoc/>
    public override string Name => $"{Crate}-{Target.Architecture.Name}";

    /// <inheritdoc/>
    public override string Output => layout.RustNativePrograms(Target.Architecture);

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> OwnInputs =>
    [
        .. backends.Select(backend => ($"cargo for {backend}", string.Join(' ', ArgumentsFor(backend)))),
        .. CrateSources.Hashes(layout),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Make(string scratch)
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
            ? throw new BuildException($"The crate {Crate} for {Target.Name} is not reproducible: {problem}.")
            : [.. backends.Select(backend => Figure.Size(backend, new FileInfo(Path.Combine(scratch, backend)).Length))];
    }

    // Only the link differs between backends: everything before it is compiled once.
    string[] ArgumentsFor(string backend) =>
        ["rustc", "--release", "--package", Crate, "--target", Target.Name, "--", $"-Clink-arg=--backend={backend}"];

    void Build(string backend, string program, string compiled, CommandLog log)
    {
        log.Run(
            $"build {Crate} for {Target.Name} and the backend {backend}",
            rust.Cargo.NativeInvocation(
                new NativeSettings(Target, prefix.Output, std.Output), compiled, ArgumentsFor(backend)));
        File.Copy(Path.Combine(compiled, Target.Name, "release", Crate), program);
        File.SetUnixFileMode(program, FileModes.Program);
    }
}

namespace L4ReMusl.RootFs;

/// <summary>The compiler of a staged prefix.</summary>
/// <param name="Path">The wrapper, such as <c>bin/aarch64-linux-musl-gcc</c>.</param>
/// <param name="Environment">The variables that it reads.</param>
public sealed record CompilerWrapper(string Path, IReadOnlyDictionary<string, string> Environment);

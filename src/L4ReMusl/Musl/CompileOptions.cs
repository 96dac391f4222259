namespace L4ReMusl.Musl;

/// <summary>Options of compilation that do not change its result.</summary>
/// <param name="Jobs">How many compilers may run at the same time.</param>
/// <param name="Launcher">
/// A program such as <c>ccache</c> that is put in front of the compiler; <see langword="null"/> for none.
/// </param>
public sealed record CompileOptions(int Jobs, string? Launcher);

namespace L4ReMusl.Musl;

/// <summary>How to compile, as far as it does not change the result.</summary>
/// <param name="Jobs">How many compilers may run at the same time.</param>
/// <param name="Launcher">A program such as <c>ccache</c> that is put in front of the compiler, or <see langword="null"/>.</param>
public sealed record CompileOptions(int Jobs, string? Launcher);

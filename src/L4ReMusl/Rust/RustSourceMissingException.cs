namespace L4ReMusl.Rust;

/// <summary>
/// A compiler has neither a standard library for a target nor sources to build one; another compiler may have them.
/// </summary>
public sealed class RustSourceMissingException(string message, Exception inner) : BuildException(message, inner);

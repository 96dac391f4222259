namespace L4ReMusl.Rust;

/// <summary>There is neither a standard library for a compiler and a target, nor a source to make one: another compiler may have better luck.</summary>
public sealed class RustSourceMissingException(string message, Exception inner) : BuildException(message, inner);

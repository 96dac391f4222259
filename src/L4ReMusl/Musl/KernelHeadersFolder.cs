using L4ReMusl.Machines;

namespace L4ReMusl.Musl;

/// <summary>
/// The folder of a prefix with the Linux kernel's headers, which the compiler wrapper searches after all others. They are kept
/// apart from musl's, because they are another work under another licence.
/// </summary>
/// <param name="headers">The headers; <see langword="null"/> if the prefix has none.</param>
public sealed class KernelHeadersFolder(KernelHeaders? headers)
{
    /// <summary>The folder, below a prefix.</summary>
    public const string Name = "include-linux";

    // Preprocessing and compiling have their own entries. "+" adds to an entry (GCC's manual, section "Spec Files").
    const string Search = $"""
        *cpp_options:
        + -isystem %:getenv(L4RE_MUSL_PREFIX /{Name})

        *cc1:
        + -isystem %:getenv(L4RE_MUSL_PREFIX /{Name})


        """;

    /// <summary>What a prefix depends on because of it, to be part of a fingerprint.</summary>
    public IEnumerable<(string Name, string Value)> Inputs =>
        headers is null ? [] : [("kernel headers", headers.Identity), ("specs for the kernel's headers", Search)];

    /// <summary>Text for the end of specs files; empty if the prefix has no such folder.</summary>
    public string Specs => headers is null ? "" : Search;

    /// <summary>Makes the folder in a prefix.</summary>
    /// <exception cref="BuildException">The headers are not installed.</exception>
    public void WriteTo(string prefix) => headers?.CopyTo(Path.Combine(prefix, Name));
}

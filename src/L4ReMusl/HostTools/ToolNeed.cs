namespace L4ReMusl.HostTools;

/// <summary>What a host tool is needed for.</summary>
public enum ToolNeed
{
    /// <summary>To fetch, patch and compile.</summary>
    Compile,

    /// <summary>To build the other contents of root file systems.</summary>
    Component,

    /// <summary>To package for L4Re.</summary>
    Package,

    /// <summary>To make and check file system images.</summary>
    Image,

    /// <summary>To run what was built, in user-mode emulation.</summary>
    SelfTest,

    /// <summary>To build programs against the prefix with the usual build systems.</summary>
    Test,

    /// <summary>To fetch a kernel from Debian's archive.</summary>
    Kernel,

    /// <summary>To boot what was built, in an emulated machine.</summary>
    Boot,

    /// <summary>To prepare Rust's standard library, and to build with it.</summary>
    Rust,

    /// <summary>To run Rust programs in user-mode emulation.</summary>
    RustTest,

    /// <summary>To try patches on sources.</summary>
    Patch,

    /// <summary>To check the signature of an archive, in addition to its hash.</summary>
    Signature,

    /// <summary>To sign packs, and to check their signatures.</summary>
    Sign,

    /// <summary>To publish a release.</summary>
    Publish,
}

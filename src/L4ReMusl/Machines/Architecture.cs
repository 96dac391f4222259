using L4ReMusl.Machines.Elf;

namespace L4ReMusl.Machines;

/// <summary>Everything that compiling and staging need to know of an architecture; docs/architecture.md says what else a new one takes.</summary>
public sealed record Architecture
{
    /// <summary>The name that users type and that L4Re uses for its build folders (<c>BUILD_ARCH</c>).</summary>
    public required string Name { get; init; }

    /// <summary>musl's name of the target, given to its <c>configure</c> as <c>--target</c>.</summary>
    public required string Triple { get; init; }

    /// <summary>Tool prefixes that are tried in this order when the user names none.</summary>
    public required IReadOnlyList<string> CrossPrefixes { get; init; }

    /// <summary>The Debian package that brings the first of <see cref="CrossPrefixes"/>.</summary>
    public required string CompilerPackage { get; init; }

    /// <summary>
    /// musl's name of the architecture and its ABI variant: the <c>ARCH</c> in <c>ld-musl-ARCH.so.1</c>
    /// (<c>LDSO_PATHNAME</c> in musl's <c>configure</c>).
    /// </summary>
    public required string LoaderArchitecture { get; init; }

    /// <summary>The folder of this architecture in musl's <c>arch/</c> and <c>src/*/</c>.</summary>
    public required string MuslArchitecture { get; init; }

    /// <summary>The machine that every ELF file must be for.</summary>
    public required ElfMachine Machine { get; init; }

    /// <summary>The floating-point calling convention that every ELF file must have; <see langword="null"/> if there is only one.</summary>
    public ElfFloatAbi? FloatAbi { get; init; }

    /// <summary>The program that runs a binary of this architecture in user mode.</summary>
    public required string QemuUser { get; init; }

    /// <summary>What the compiler is told for code that runs without a kernel, whatever its defaults are.</summary>
    public IReadOnlyList<string> BackendFlags { get; init; } = [];

    /// <summary>CMake's <c>CMAKE_SYSTEM_PROCESSOR</c>.</summary>
    public required string CMakeProcessor { get; init; }

    /// <summary>Meson's <c>cpu_family</c>.</summary>
    public required string MesonFamily { get; init; }

    /// <summary>Rust's targets that its prefix serves; the first is the usual one.</summary>
    public required IReadOnlyList<string> RustTargets { get; init; }

    /// <summary>The Linux kernel's headers, which components other than musl are built with; <see langword="null"/> if none are known.</summary>
    public KernelHeaders? KernelHeaders { get; init; }

    /// <summary>How to boot it in QEMU; <see langword="null"/> if there is no way.</summary>
    public Emulation? Emulation { get; init; }

    /// <summary>The file name of the dynamic loader, which is also libc.</summary>
    public string Loader => $"ld-musl-{LoaderArchitecture}.so.1";

    /// <summary>The path of the dynamic loader in a root file system, as it stands in <c>PT_INTERP</c>.</summary>
    public string Interpreter => $"/lib/{Loader}";

    /// <summary>The file, below <c>/etc</c>, in which the loader looks for its library path.</summary>
    public string LoaderPathFile => $"ld-musl-{LoaderArchitecture}.path";

    /// <summary>The environment variable that names the user's tool prefix, for this build and for the prefix's compiler wrapper.</summary>
    public string CrossVariable => $"CROSS_COMPILE_{Name.ToUpperInvariant()}";

    /// <inheritdoc/>
    public override string ToString() => Name;
}

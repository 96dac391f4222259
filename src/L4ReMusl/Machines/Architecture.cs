using L4ReMusl.Machines.Elf;

namespace L4ReMusl.Machines;

/// <summary>Everything about an architecture, read from its file in <c>config/architectures</c>.</summary>
public sealed record Architecture
{
    /// <summary>The name that users type and that L4Re uses for its build folders (<c>BUILD_ARCH</c>).</summary>
    public required string Name { get; init; }

    /// <summary>musl's name of the target, given to its <c>configure</c> as <c>--target</c>.</summary>
    public required string Triple { get; init; }

    /// <summary>
    /// The folder of this architecture in musl's <c>arch/</c> and <c>src/*/</c>; what <c>uname -m</c> prints begins with it.
    /// </summary>
    public required string MuslArchitecture { get; init; }

    /// <summary>
    /// musl's name of the architecture and its ABI variant: the <c>ARCH</c> in <c>ld-musl-ARCH.so.1</c>
    /// (<c>LDSO_PATHNAME</c> in musl's <c>configure</c>).
    /// </summary>
    public required string LoaderArchitecture { get; init; }

    /// <summary>How its cross compiler is found when the user names none.</summary>
    public required CompilerNames Compiler { get; init; }

    /// <summary>What every ELF file must be for.</summary>
    public required ElfTarget Elf { get; init; }

    /// <summary>
    /// The Linux kernel's headers, for components, and for prefixes on request; <see langword="null"/> if none are known.
    /// </summary>
    public KernelHeaders? KernelHeaders { get; init; }

    /// <summary>CMake's <c>CMAKE_SYSTEM_PROCESSOR</c>.</summary>
    public required string CMakeProcessor { get; init; }

    /// <summary>Meson's <c>cpu_family</c>.</summary>
    public required string MesonFamily { get; init; }

    /// <summary>Rust's names.</summary>
    public required RustNames Rust { get; init; }

    /// <summary>The program that runs a binary of this architecture in user mode.</summary>
    public required string QemuUser { get; init; }

    /// <summary>How to boot it in QEMU; <see langword="null"/> if it can't be booted.</summary>
    public Emulation? Emulation { get; init; }

    /// <summary>L4Re's names and settings for it.</summary>
    public required L4ReSupport L4Re { get; init; }

    /// <summary>
    /// What the backends need; <see langword="null"/> if they have no code for it, so that there is only musl for Linux.
    /// </summary>
    public BackendSupport? Backend { get; init; }

    /// <summary>Whether a name without an architecture means its image when there are several.</summary>
    public bool IsDefault { get; init; }

    /// <summary>Tool prefixes that are tried in this order when the user names none.</summary>
    public IReadOnlyList<string> CrossPrefixes => Compiler.Prefixes;

    /// <summary>The Debian package of the first of <see cref="CrossPrefixes"/>.</summary>
    public string CompilerPackage => Compiler.Package;

    /// <summary>The Debian package of its compiler for C++; <see langword="null"/> if none is known.</summary>
    public string? CxxPackage => Compiler.CxxPackage;

    /// <summary>The machine that every ELF file must be for.</summary>
    public ElfMachine Machine => Elf.Machine;

    /// <summary>
    /// The floating-point calling convention that every ELF file must have; <see langword="null"/> if there is only one.
    /// </summary>
    public ElfFloatAbi? FloatAbi => Elf.FloatAbi;

    /// <summary>The compiler flags for code that runs without a kernel, whatever the compiler's defaults are.</summary>
    public IReadOnlyList<string> BackendFlags => Backend?.Flags ?? [];

    /// <summary>Rust's targets that its prefix serves; the first is the usual one.</summary>
    public IReadOnlyList<string> RustTargets => Rust.Targets;

    /// <summary>The file name of the dynamic loader, which is also libc.</summary>
    public string Loader => $"ld-musl-{LoaderArchitecture}.so.1";

    /// <summary>The path of the dynamic loader in a root file system, as it stands in <c>PT_INTERP</c>.</summary>
    public string Interpreter => $"/lib/{Loader}";

    /// <summary>The file, below <c>/etc</c>, in which the loader looks for its library path.</summary>
    public string LoaderPathFile => $"ld-musl-{LoaderArchitecture}.path";

    /// <summary>
    /// The environment variable that names the user's tool prefix, for this build and for the prefix's compiler wrapper.
    /// </summary>
    public string CrossVariable => $"CROSS_COMPILE_{Name.ToUpperInvariant()}";

    /// <summary>The name of the target that compiles musl for it, if the build has one.</summary>
    public string CompileTarget => $"Compile{char.ToUpperInvariant(Name[0])}{Name[1..]}";

    /// <inheritdoc/>
    public override string ToString() => Name;
}

using L4ReMusl.Machines.Elf;

namespace L4ReMusl.Machines;

/// <summary>How a cross compiler is found.</summary>
/// <param name="Prefixes">The prefixes that the names of its tools may have, in the order in which they are tried.</param>
/// <param name="Package">The Debian package of the first of them.</param>
/// <param name="CxxPackage">The Debian package of its compiler for C++; <see langword="null"/> if none is known.</param>
public sealed record CompilerNames(IReadOnlyList<string> Prefixes, string Package, string? CxxPackage);

/// <summary>What every ELF file must be for.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="FloatAbi">The floating-point calling convention; <see langword="null"/> if there is only one.</param>
public sealed record ElfTarget(ElfMachine Machine, ElfFloatAbi? FloatAbi);

/// <summary>Rust's names.</summary>
/// <param name="Architecture">Its <c>target_arch</c>.</param>
/// <param name="Abi">Its <c>target_abi</c>; empty for most targets.</param>
/// <param name="Targets">The targets that a prefix serves; the first is the usual one.</param>
public sealed record RustNames(string Architecture, string Abi, IReadOnlyList<string> Targets);

/// <summary>Where a kernel comes from.</summary>
/// <param name="Suite">The suite of Debian's archive.</param>
/// <param name="Architecture">Debian's name of the architecture.</param>
/// <param name="Package">The package that depends on the current kernel.</param>
public sealed record DebianKernel(string Suite, string Architecture, string Package);

/// <summary>L4Re's names and settings for an architecture.</summary>
/// <param name="Cpu">The CPU in the usual names of its library folders.</param>
/// <param name="Machine">QEMU's name of the machine for L4Re, with what L4Re's virtual machine monitor needs.</param>
/// <param name="EmulatedPlatform">L4Re's name of that machine (<c>PLATFORM_TYPE</c>).</param>
/// <param name="Guest">How the virtual machine monitor runs Linux; <see langword="null"/> if it does not.</param>
public sealed record L4ReSupport(string Cpu, string? Machine, string? EmulatedPlatform, L4ReGuest? Guest);

/// <summary>Linux in L4Re's virtual machine monitor.</summary>
/// <param name="Console">The device of the guest's serial line, in the kernel's words.</param>
/// <param name="DeviceTree">The file name of the monitor's description of the machine.</param>
/// <param name="MemoryAlignment">The alignment of the guest's memory, as a power of two.</param>
public sealed record L4ReGuest(string Console, string DeviceTree, int MemoryAlignment);

/// <summary>
/// What the backends of the l4re flavour need; they have code for some architectures only.
/// </summary>
/// <param name="Flags">The compiler flags for code that runs without a kernel, whatever the compiler's defaults are.</param>
/// <param name="SystemCall">
/// The instruction that would call a kernel, as a disassembler writes it. None may be left in libc.
/// </param>
public sealed record BackendSupport(IReadOnlyList<string> Flags, string SystemCall);

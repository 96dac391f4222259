namespace L4ReMusl.Machines.Elf;

/// <summary>The machine of an ELF file (<c>e_machine</c>).</summary>
public enum ElfMachine
{
    /// <summary>EM_NONE.</summary>
    None = 0,

    /// <summary>EM_ARM: 32-bit ARM.</summary>
    Arm = 40,

    /// <summary>EM_X86_64.</summary>
    X8664 = 62,

    /// <summary>EM_AARCH64: 64-bit ARM.</summary>
    AArch64 = 183,

    /// <summary>EM_RISCV.</summary>
    RiscV = 243,
}

/// <summary>What an ELF file is (<c>e_type</c>).</summary>
public enum ElfType
{
    /// <summary>ET_REL: an object file.</summary>
    Relocatable = 1,

    /// <summary>ET_EXEC: a program at a fixed address.</summary>
    Executable = 2,

    /// <summary>ET_DYN: a shared object or a position-independent program.</summary>
    Dynamic = 3,
}

/// <summary>How floating-point arguments are passed on 32-bit ARM.</summary>
public enum ElfFloatAbi
{
    /// <summary>In core registers.</summary>
    Soft,

    /// <summary>In VFP registers.</summary>
    Hard,
}

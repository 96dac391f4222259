namespace L4ReMusl.Machines.Elf;

/// <summary>Reads the section <c>.ARM.attributes</c>.</summary>
/// <remarks>Format: "Addenda to, and Errata in, the ABI for the Arm Architecture", section "Build attributes".</remarks>
static class ArmAttributes
{
    const int VfpArguments = 28, Compatibility = 32, FileScope = 1;

    // Tags below 32 that are texts; above, odd tags are texts and even ones numbers.
    const int RawCpuName = 4, CpuName = 5;

    /// <summary>Whether <c>Tag_ABI_VFP_args</c> says that floating-point arguments travel in VFP registers.</summary>
    public static bool PassesFloatsInRegisters(ReadOnlySpan<byte> section)
    {
        var rest = section.Length > 0 && section[0] == (byte)'A' ? section[1..] : [];
        while (rest.Length > 4)
        {
            var length = BitConverter.ToInt32(rest);
            if (length < 5 || length > rest.Length)
                return false;
            var vendor = rest[4..length];
            rest = rest[length..];
            var end = vendor.IndexOf((byte)0);
            if (end >= 0 && vendor[..end].SequenceEqual("aeabi"u8) && InVendorSection(vendor[(end + 1)..]))
                return true;
        }

        return false;
    }

    static bool InVendorSection(ReadOnlySpan<byte> rest)
    {
        while (rest.Length > 5)
        {
            var (scope, length) = (rest[0], BitConverter.ToInt32(rest[1..]));
            if (length < 5 || length > rest.Length)
                return false;
            if (scope == FileScope && InAttributes(rest[5..length]))
                return true;
            rest = rest[length..];
        }

        return false;
    }

    static bool InAttributes(ReadOnlySpan<byte> rest)
    {
        while (rest.Length > 0)
        {
            var tag = Number(ref rest);
            var value = 0UL;
            if (tag == Compatibility)
                value = Number(ref rest);
            if (tag is RawCpuName or CpuName or Compatibility || (tag > Compatibility && tag % 2 == 1))
                rest = rest[(rest.IndexOf((byte)0) is >= 0 and var end ? end + 1 : rest.Length)..];
            else
                value = Number(ref rest);
            if (tag == VfpArguments)
                return value == 1;
        }

        return false;
    }

    // ULEB128
    static ulong Number(ref ReadOnlySpan<byte> rest)
    {
        var value = 0UL;
        for (var shift = 0; rest.Length > 0; shift += 7)
        {
            var piece = rest[0];
            rest = rest[1..];
            value |= (ulong)(piece & 0x7f) << shift;
            if (piece < 0x80)
                break;
        }

        return value;
    }
}

using System.Buffers.Binary;

namespace LineRec.Training;

/// <summary>
/// Edits the symbol-version table of an ELF64 shared library: marks one required version as weak, so that the dynamic loader
/// links the library although the host's copy of the dependency doesn't define that version.
/// </summary>
/// <remarks>Layout: System V ABI, Linux Standard Base "Symbol Versioning" (Elf64_Verneed, Elf64_Vernaux). Little-endian files only.</remarks>
internal static class VersionRequirement
{
    private const uint SectionVersionNeed = 0x6ffffffe; // SHT_GNU_verneed
    private const ushort FlagWeak = 0x2; // VER_FLG_WEAK

    /// <summary>Marks every requirement of a version as weak.</summary>
    /// <param name="library">The library's bytes; changed in place.</param>
    /// <param name="version">The version's name, such as "GLIBCXX_3.4.32".</param>
    /// <returns>How many requirements were marked; 0 where the file has none or isn't a little-endian ELF64 file.</returns>
    public static int MarkWeak(Span<byte> library, string version)
    {
        if (library.Length < 64 || !library[..6].SequenceEqual<byte>([0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1])) return 0;
        int sections = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(library[0x28..]));
        int size = BinaryPrimitives.ReadUInt16LittleEndian(library[0x3a..]);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(library[0x3c..]);
        int marked = 0;
        for (int i = 0; i < count; i++)
        {
            var header = library.Slice(sections + (i * size), size);
            if (BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) != SectionVersionNeed) continue;
            int offset = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(header[0x18..]));
            int length = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(header[0x20..]));
            marked += MarkWeakInSection(library.Slice(offset, length), HashOf(version));
        }

        return marked;
    }

    /// <summary>The ELF hash of a name, as version entries store it.</summary>
    internal static uint HashOf(string name)
    {
        uint hash = 0;
        foreach (char c in name)
        {
            hash = (hash << 4) + c;
            uint high = hash & 0xf0000000;
            hash = (hash ^ (high >> 24)) & ~high;
        }

        return hash;
    }

    private static int MarkWeakInSection(Span<byte> section, uint hash)
    {
        int marked = 0;
        for (int need = 0, nextNeed = -1; nextNeed != 0; need += nextNeed)
        {
            int entries = BinaryPrimitives.ReadUInt16LittleEndian(section[(need + 2)..]);
            int entry = need + checked((int)BinaryPrimitives.ReadUInt32LittleEndian(section[(need + 8)..]));
            nextNeed = checked((int)BinaryPrimitives.ReadUInt32LittleEndian(section[(need + 12)..]));
            for (int i = 0; i < entries; i++)
            {
                if (BinaryPrimitives.ReadUInt32LittleEndian(section[entry..]) == hash)
                {
                    var flags = section[(entry + 4)..];
                    BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(flags) | FlagWeak));
                    marked++;
                }

                entry += checked((int)BinaryPrimitives.ReadUInt32LittleEndian(section[(entry + 12)..]));
            }
        }

        return marked;
    }
}

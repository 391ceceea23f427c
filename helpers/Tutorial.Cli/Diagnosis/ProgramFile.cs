using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Tutorial.Cli.Diagnosis;

/// <summary>What a program file says of itself.</summary>
internal static class ProgramFile
{
    private const int ElfMagic = 0x7F454C46, MachMagic = unchecked((int)0xCFFAEDFE);
    private const ushort PeMagic = 0x4D5A;
    private const int ElfMachine = 18, MachType = 4, PeHeaderOffset = 0x3C, PeMachine = 4;

    /// <summary>The processor it is built for, or null when the file is of no kind that has one of these two.</summary>
    /// <param name="path">A program of Linux (ELF), macOS (Mach-O) or Windows (PE).</param>
    public static Architecture? ArchitectureOf(string path)
    {
        Span<byte> head = stackalloc byte[1024];
        using var file = File.OpenRead(path);
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        if (head.Length < PeHeaderOffset + sizeof(int))
            return null;
        if (BinaryPrimitives.ReadInt32BigEndian(head) == ElfMagic)
            return BinaryPrimitives.ReadUInt16LittleEndian(head[ElfMachine..]) switch { 0x3E => Architecture.X64, 0xB7 => Architecture.Arm64, _ => null };
        if (BinaryPrimitives.ReadInt32BigEndian(head) == MachMagic)
            return BinaryPrimitives.ReadInt32LittleEndian(head[MachType..]) switch { 0x0100_0007 => Architecture.X64, 0x0100_000C => Architecture.Arm64, _ => null };
        var header = BinaryPrimitives.ReadInt32LittleEndian(head[PeHeaderOffset..]);
        if (BinaryPrimitives.ReadUInt16BigEndian(head) != PeMagic || header < 0 || header + PeMachine + sizeof(ushort) > head.Length)
            return null;
        return BinaryPrimitives.ReadUInt16LittleEndian(head[(header + PeMachine)..]) switch { 0x8664 => Architecture.X64, 0xAA64 => Architecture.Arm64, _ => null };
    }
}

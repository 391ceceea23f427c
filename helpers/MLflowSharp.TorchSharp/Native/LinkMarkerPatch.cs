using System.Buffers.Binary;
using System.Text;

namespace MLflowSharp.TorchSharp.Native;

/// <summary>
/// Makes a library that was linked with gcc 13 or later loadable beside an older libstdc++ when it uses nothing new of it.
/// </summary>
/// <remarks>
/// From gcc 13 on, including &lt;iostream&gt; leaves an undefined symbol that only says "initialise the streams" and is never called. It is
/// the sole reason why TorchSharp 0.107 asks for GLIBCXX_3.4.32, which Debian 12 and RHEL 9 lack. The dynamic linker forgives a missing
/// version that is marked weak (System V gABI, "Version Needs", VER_FLG_WEAK), so that is the one flag this sets, and only after checking
/// that no other symbol hangs on the same version.
/// </remarks>
internal static class LinkMarkerPatch
{
    /// <summary>The mangled name of <c>std::ios_base_library_init()</c>, exported by libstdc++ from gcc 13 on.</summary>
    public const string Marker = "_ZSt21ios_base_library_initv";

    private const uint DynamicSymbols = 11;
    private const uint VersionNeeds = 0x6ffffffe;
    private const uint SymbolVersions = 0x6fffffff;
    private const ushort WeakFlag = 2;

    /// <summary>Returns a copy of a 64-bit little-endian ELF library in which the version of the marker is weak.</summary>
    /// <exception cref="InvalidDataException">The file is no such library, or needs more of the newer libstdc++ than the marker.</exception>
    public static byte[] Apply(ReadOnlySpan<byte> library)
    {
        if (library.Length < 64 || !library[..6].SequenceEqual("\u007fELF\u0002\u0001"u8))
            throw new InvalidDataException("The library is not a 64-bit little-endian ELF file.");

        var patched = library.ToArray();
        ReadOnlySpan<byte> file = patched;
        var symbols = Section(file, DynamicSymbols);
        var versions = Section(file, SymbolVersions);
        var needs = Section(file, VersionNeeds);
        var names = SectionAt(file, symbols.Link);

        var markerVersion = VersionOfMarker(file, symbols, versions, names);
        MakeWeak(patched, needs, markerVersion);
        return patched;
    }

    private static ushort VersionOfMarker(ReadOnlySpan<byte> file, SectionHeader symbols, SectionHeader versions, SectionHeader names)
    {
        var count = symbols.Size / 24;
        ushort? markerVersion = null;
        for (var index = 0; index < count; index++)
        {
            if (SymbolName(file, symbols, names, index) == Marker)
                markerVersion = Version(file, versions, index);
        }

        if (markerVersion is not { } version)
            throw new InvalidDataException($"The library does not use {Marker}; something else keeps it from loading.");

        for (var index = 0; index < count; index++)
        {
            if (Version(file, versions, index) == version && SymbolName(file, symbols, names, index) is var name && name != Marker)
                throw new InvalidDataException($"The library also calls {name} of a newer libstdc++, so it cannot run beside the installed one.");
        }

        return version;
    }

    private static void MakeWeak(Span<byte> file, SectionHeader needs, ushort version)
    {
        // Elf64_Verneed: version 2, count 2, file 4, offset of first auxiliary 4, offset of next 4; Elf64_Vernaux: hash 4, flags 2, other 2, name 4, next 4.
        for (int need = needs.Offset, next = 1; next != 0; need += next)
        {
            next = Int32(file, need + 12);
            for (int auxiliary = need + Int32(file, need + 8), nextAuxiliary = 1; nextAuxiliary != 0; auxiliary += nextAuxiliary)
            {
                nextAuxiliary = Int32(file, auxiliary + 12);
                if (UInt16(file, auxiliary + 6) == version)
                    BinaryPrimitives.WriteUInt16LittleEndian(file[(auxiliary + 4)..], (ushort)(UInt16(file, auxiliary + 4) | WeakFlag));
            }
        }
    }

    private static ushort Version(ReadOnlySpan<byte> file, SectionHeader versions, int symbol) =>
        (ushort)(UInt16(file, versions.Offset + (2 * symbol)) & 0x7fff);

    private static string SymbolName(ReadOnlySpan<byte> file, SectionHeader symbols, SectionHeader names, int symbol)
    {
        var text = file[(names.Offset + Int32(file, symbols.Offset + (24 * symbol)))..];
        return Encoding.ASCII.GetString(text[..text.IndexOf((byte)0)]);
    }

    private static SectionHeader Section(ReadOnlySpan<byte> file, uint type)
    {
        var count = UInt16(file, 0x3c);
        for (var index = 0; index < count; index++)
        {
            var section = SectionAt(file, index);
            if (section.Type == type)
                return section;
        }

        throw new InvalidDataException($"The library has no section of type 0x{type:x}.");
    }

    private static SectionHeader SectionAt(ReadOnlySpan<byte> file, int index)
    {
        var header = checked((int)BinaryPrimitives.ReadInt64LittleEndian(file[0x28..])) + (index * UInt16(file, 0x3a));
        return new SectionHeader(
            (uint)Int32(file, header + 4),
            checked((int)BinaryPrimitives.ReadInt64LittleEndian(file[(header + 0x18)..])),
            checked((int)BinaryPrimitives.ReadInt64LittleEndian(file[(header + 0x20)..])),
            Int32(file, header + 0x28));
    }

    private static int Int32(ReadOnlySpan<byte> file, int offset) => BinaryPrimitives.ReadInt32LittleEndian(file[offset..]);

    private static ushort UInt16(ReadOnlySpan<byte> file, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(file[offset..]);

    private readonly record struct SectionHeader(uint Type, int Offset, int Size, int Link);
}

using System.Buffers.Binary;
using System.IO.Hashing;

namespace MLflowSharp.Journal.Records;

/// <summary>
/// How a record stands in a file: length (4 bytes), CRC-32 of the payload mixed with the place in the file (4), state (1), payload. A tail that was
/// torn, or bytes left from something else, do not pass.
/// </summary>
internal static class Frame
{
    public const int HeadLength = 9;
    public const int StateOffset = 8;
    public const byte Live = 0;

    /// <summary>The caller was told that the record was not taken: it must not be written any more.</summary>
    public const byte Withdrawn = 1;

    /// <summary>Nothing that can be logged comes near; a longer length is not one of ours.</summary>
    private const int LargestPayload = 1 << 28;

    /// <summary>Binds a finished frame to its place.</summary>
    public static void Seal(Span<byte> frame, long offset)
    {
        var field = frame[4..];
        BinaryPrimitives.WriteUInt32LittleEndian(field, BinaryPrimitives.ReadUInt32LittleEndian(field) ^ Salt(offset));
    }

    /// <summary>Length of the whole frame that the head announces; null when it announces nonsense.</summary>
    public static long? LengthOf(ReadOnlySpan<byte> head)
    {
        var payload = BinaryPrimitives.ReadInt32LittleEndian(head);
        return payload is > 0 and <= LargestPayload ? payload + (long)HeadLength : null;
    }

    /// <summary>Whether a whole frame is as it was written.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> frame, long offset) =>
        (BinaryPrimitives.ReadUInt32LittleEndian(frame[4..]) ^ Salt(offset)) == Crc32.HashToUInt32(frame[HeadLength..]) && frame[StateOffset] <= Withdrawn;

    private static uint Salt(long offset) => unchecked((uint)offset * 0x9E3779B1u);
}

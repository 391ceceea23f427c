using System.Buffers.Binary;

namespace NotebookTestRunner.Comparison;

/// <summary>Type and size of a picture, read from its first bytes.</summary>
/// <param name="Type"><c>PNG</c>, <c>JPEG</c>, <c>GIF</c>, <c>WebP</c> or <c>BMP</c>.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
internal sealed record ImageFacts(string Type, int Width, int Height)
{
    /// <summary>Reads PNG (signature and IHDR), JPEG (the first frame header), GIF, WebP and BMP; null for anything else or damaged data.</summary>
    public static ImageFacts? Read(ReadOnlySpan<byte> bytes)
    {
        var facts = ReadAny(bytes);
        return facts is { Width: > 0, Height: > 0 } ? facts : null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Type}, {Width} × {Height}";

    private static ImageFacts? ReadAny(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= 24 && bytes[0] == 0x89 && bytes[1..8].SequenceEqual("PNG\r\n\x1a\n"u8))
            return new("PNG", BinaryPrimitives.ReadInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadInt32BigEndian(bytes[20..]));
        if (bytes.Length >= 10 && (bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8)))
            return new("GIF", BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]));
        if (bytes.Length >= 26 && bytes.StartsWith("BM"u8))
            return new("BMP", BinaryPrimitives.ReadInt32LittleEndian(bytes[18..]), Math.Abs(BinaryPrimitives.ReadInt32LittleEndian(bytes[22..])));
        if (bytes.Length >= 30 && bytes.StartsWith("RIFF"u8) && bytes[8..12].SequenceEqual("WEBP"u8)) return ReadWebP(bytes);
        return bytes.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8]) ? ReadJpeg(bytes) : null;
    }

    // RFC 9649: lossy (VP8), lossless (VP8L) and extended (VP8X) files hold the size in different places.
    private static ImageFacts? ReadWebP(ReadOnlySpan<byte> bytes)
    {
        var bits = BinaryPrimitives.ReadUInt32LittleEndian(bytes[21..]);
        return bytes[15] switch
        {
            (byte)' ' => new("WebP", BinaryPrimitives.ReadUInt16LittleEndian(bytes[26..]) & 0x3fff, BinaryPrimitives.ReadUInt16LittleEndian(bytes[28..]) & 0x3fff),
            (byte)'L' => new("WebP", (int)(bits & 0x3fff) + 1, (int)(bits >> 14 & 0x3fff) + 1),
            (byte)'X' => new("WebP", 1 + (bytes[24] | bytes[25] << 8 | bytes[26] << 16), 1 + (bytes[27] | bytes[28] << 8 | bytes[29] << 16)),
            _ => null,
        };
    }

    private static ImageFacts? ReadJpeg(ReadOnlySpan<byte> bytes)
    {
        // ITU T.81, B.1.1: segments of 0xFF, marker, length; SOF0…SOF15 save DHT, JPG and DAC hold the size.
        for (var i = 2; i + 9 < bytes.Length && bytes[i] == 0xff; i += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(i + 2)..]))
        {
            if (bytes[i + 1] is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc))
                return new("JPEG", BinaryPrimitives.ReadUInt16BigEndian(bytes[(i + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(i + 5)..]));
        }
        return null;
    }
}

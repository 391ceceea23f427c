using System.Buffers.Binary;
using System.IO.Hashing;

namespace NotebookCorpus;

/// <summary>A grey picture of a black disc, as PNG.</summary>
public sealed class Disc
{
    /// <summary>Width in pixels.</summary>
    public int Width { get; set; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; set; }

    /// <summary>The disc's centre, in pixels from the left.</summary>
    public int Left { get; set; }

    /// <summary>The disc's centre, in pixels from the top.</summary>
    public int Top { get; set; }

    /// <summary>The disc's radius in pixels.</summary>
    public int Radius { get; set; }

    /// <summary>
    /// The picture in one block that is not compressed, so that its bytes are the same with every version of a library
    /// (https://www.w3.org/TR/png-3/, RFC 1950 and 1951).
    /// </summary>
    public byte[] Draw()
    {
        var rows = new byte[Height * (Width + 1)];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
                rows[(y * (Width + 1)) + 1 + x] = ((x - Left) * (x - Left)) + ((y - Top) * (y - Top)) <= Radius * Radius ? (byte)0 : (byte)255;
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Height);
        header[8] = 8;
        return [0x89, .. "PNG\r\n\x1a\n"u8, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, Stored(rows)), .. Chunk("IEND"u8, [])];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> data)
    {
        byte[] checkedPart = [.. kind, .. data];
        return [.. BigEndian((uint)data.Length), .. checkedPart, .. BigEndian(Crc32.HashToUInt32(checkedPart))];
    }

    private static byte[] Stored(ReadOnlySpan<byte> rows)
    {
        var length = checked((ushort)rows.Length);
        var (a, b) = (1u, 0u);
        foreach (var value in rows)
        {
            a = (a + value) % 65521;
            b = (b + a) % 65521;
        }

        return [0x78, 0x01, 0x01, (byte)length, (byte)(length >> 8), (byte)~length, (byte)(~length >> 8), .. rows, .. BigEndian((b << 16) | a)];
    }

    private static byte[] BigEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}

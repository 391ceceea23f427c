using System.Globalization;
using System.Text;

namespace CSharpKernel.Display;

/// <summary>Writes bytes in hexadecimal, sixteen a line, with the letters they are.</summary>
internal static class BytesText
{
    private const int Width = 16;
    private const int Limit = 1024;

    /// <summary>The bytes of a value.</summary>
    /// <returns>Null when the value is something else.</returns>
    public static ReadOnlyMemory<byte>? TryRead(object? value) => value switch
    {
        byte[] bytes => new ReadOnlyMemory<byte>(bytes),
        ReadOnlyMemory<byte> memory => memory,
        Memory<byte> memory => (ReadOnlyMemory<byte>)memory,
        ArraySegment<byte> segment => new ReadOnlyMemory<byte>(segment.Array, segment.Offset, segment.Count),
        // Not a plain null, which would become an empty array, and that an empty memory.
        _ => default(ReadOnlyMemory<byte>?),
    };

    /// <summary>Writes the first bytes.</summary>
    public static string Write(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        var shown = Math.Min(bytes.Length, Limit);
        for (var start = 0; start < shown; start += Width)
        {
            var line = bytes[start..Math.Min(start + Width, shown)];
            text.Append(CultureInfo.InvariantCulture, $"{start:x8}  ");
            for (var index = 0; index < Width; index++)
                text.Append(index < line.Length ? line[index].ToString("x2", CultureInfo.InvariantCulture) : "  ").Append(index == 7 ? "  " : " ");
            text.Append(" |");
            foreach (var value in line)
                text.Append(value is >= 32 and < 127 ? (char)value : '.');
            text.Append("|\n");
        }

        text.Append(LimitedItems.Describe(bytes.Length, shown) is { } more ? more + " bytes" : shown == 0 ? "[ ]" : "");
        return text.ToString().TrimEnd('\n');
    }
}

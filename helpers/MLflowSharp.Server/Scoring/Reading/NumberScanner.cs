using System.Buffers.Binary;
using System.Buffers.Text;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace MLflowSharp.Server.Scoring.Reading;

/// <summary>
/// Reads JSON's numbers, and what Python writes beside them. Eight digits at a time (D. Lemire, "Number parsing at a gigabyte per second",
/// 2021, section 6), and by one multiplication where that is exact; all others go to the runtime.
/// </summary>
internal static class NumberScanner
{
    private const int MostDigits = 19;
    private const int LargestExactPower = 22;
    private const long LargestExactWhole = 1L << 53;

    private static ReadOnlySpan<double> PowersOfTen =>
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    /// <summary>Skips zeros as clients write them (<c>0.0, </c>, <c>0, </c>, <c>0,</c>), each with the comma behind it: most pixels of most pictures.</summary>
    /// <returns>How many there were.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int SkipZeros(ReadOnlySpan<byte> json, ref int position)
    {
        var (count, at) = (0, position);
        while (at + sizeof(ulong) <= json.Length)
        {
            var next = BinaryPrimitives.ReadUInt64LittleEndian(json[at..]);
            // The bytes of the three, the first one lowest.
            var length = (next & 0xFF_FFFF_FFFF) == 0x20_2C30_2E30 ? 5 : (next & 0xFF_FFFF) == 0x20_2C30 ? 3 : (next & 0xFFFF) == 0x2C30 ? 2 : 0;
            if (length == 0)
                break;
            at += length;
            count++;
        }

        position = at;
        return count;
    }

    /// <summary>Reads a number as what <c>(float)</c> makes of the nearest 64-bit one.</summary>
    /// <remarks>Optimized from its first call on: a server's first thousand images are no reason to wait.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryReadSingle(ReadOnlySpan<byte> json, ref int position, out float value)
    {
        var number = Scan(json, position);
        if (number.Length == 0)
            return TryReadSpecial(json, ref position, out value);
        if (number.IsSimple)
        {
            // At most two roundings away from the true value. That matters only where a 32-bit float would be rounded the other way, which the
            // bits that it does not have tell: half of its last place, give or take a little.
            var near = Scale(number);
            var rest = (BitConverter.DoubleToUInt64Bits(near) & 0x1FFFFFFF) - 0x0FFFFFF8;
            if (rest > 0x10 && near is 0 or (> 1e-30 and < 1e30))
            {
                position += number.Length;
                value = number.IsNegative ? -(float)near : (float)near;
                return true;
            }
        }

        var known = Utf8Parser.TryParse(json.Slice(position, number.Length), out double exact, out var consumed) && consumed == number.Length;
        position += known ? number.Length : 0;
        value = (float)exact;
        return known;
    }

    /// <summary>Reads a number.</summary>
    public static bool TryReadDouble(ReadOnlySpan<byte> json, ref int position, out double value, out long? whole)
    {
        whole = null;
        var number = Scan(json, position);
        if (number.Length == 0)
            return TryReadSpecial(json, ref position, out value);

        var text = json.Slice(position, number.Length);
        if (number.IsWhole && Utf8Parser.TryParse(text, out long all, out var taken) && taken == number.Length)
            whole = all;
        if (number is { IsSimple: true, Mantissa: <= (ulong)LargestExactWhole })
        {
            value = number.IsNegative ? -Scale(number) : Scale(number);
            position += number.Length;
            return true;
        }

        var known = Utf8Parser.TryParse(text, out value, out var consumed) && consumed == number.Length;
        position += known ? number.Length : 0;
        return known;
    }

    private static double Scale(in Scanned number) =>
        number.Exponent < 0 ? number.Mantissa / PowersOfTen[-number.Exponent] : number.Mantissa * PowersOfTen[number.Exponent];

    /// <summary>Finds the end of a number by JSON's grammar, and its digits on the way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Scanned Scan(ReadOnlySpan<byte> json, int start)
    {
        var position = start;
        var isNegative = position < json.Length && json[position] == (byte)'-';
        if (isNegative)
            position++;
        var mantissa = 0UL;
        var firstDigit = position;
        ReadDigits(json, ref position, ref mantissa);
        var digits = position - firstDigit;
        // No number begins with a zero that means nothing.
        if (digits == 0 || (digits > 1 && json[firstDigit] == (byte)'0'))
            return default;
        var exponent = 0;
        var isWhole = true;
        if (position < json.Length && json[position] == (byte)'.')
        {
            isWhole = false;
            position++;
            var fraction = position;
            ReadDigits(json, ref position, ref mantissa);
            if (position == fraction)
                return default;
            exponent = fraction - position;
            // A zero in front of the point is none that the mantissa must hold.
            digits = (digits == 1 && json[firstDigit] == (byte)'0' ? 0 : digits) - exponent;
        }

        if (position < json.Length && json[position] is (byte)'e' or (byte)'E')
        {
            isWhole = false;
            position++;
            var isDown = position < json.Length && json[position] == (byte)'-';
            if (isDown || (position < json.Length && json[position] == (byte)'+'))
                position++;
            var first = position;
            var written = 0UL;
            ReadDigits(json, ref position, ref written);
            if (position == first)
                return default;
            exponent += position - first > 4 ? MostDigits * 1000 : isDown ? -(int)written : (int)written;
        }

        return new(position - start, mantissa, exponent, isNegative, isWhole, digits <= MostDigits && exponent is >= -LargestExactPower and <= LargestExactPower);
    }

    /// <summary>Takes all digits that follow; of more than 19 the number is nonsense, which their count tells.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReadDigits(ReadOnlySpan<byte> json, ref int position, ref ulong number)
    {
        while (position + 8 <= json.Length)
        {
            var eight = BinaryPrimitives.ReadUInt64LittleEndian(json[position..]);
            if (((eight & 0xF0F0F0F0F0F0F0F0) | (((eight + 0x0606060606060606) & 0xF0F0F0F0F0F0F0F0) >> 4)) != 0x3333333333333333)
                break;
            eight = ((eight & 0x0F0F0F0F0F0F0F0F) * 2561) >> 8;
            eight = ((eight & 0x00FF00FF00FF00FF) * 6553601) >> 16;
            number = (number * 100_000_000) + (((eight & 0x0000FFFF0000FFFF) * 42949672960001) >> 32);
            position += 8;
        }

        while (position < json.Length && json[position] - (uint)'0' is var digit and <= 9)
        {
            number = (number * 10) + digit;
            position++;
        }
    }

    private static bool TryReadSpecial<T>(ReadOnlySpan<byte> json, ref int position, out T value)
        where T : IFloatingPointIeee754<T>
    {
        var rest = json[position..];
        (value, var length) = rest.StartsWith("NaN"u8) ? (T.NaN, 3)
            : rest.StartsWith("Infinity"u8) ? (T.PositiveInfinity, 8)
            : rest.StartsWith("-Infinity"u8) ? (T.NegativeInfinity, 9) : (T.Zero, 0);
        position += length;
        return length > 0;
    }

    /// <summary>A number's parts.</summary>
    /// <param name="Length">Its bytes; 0 when it is none.</param>
    /// <param name="Mantissa">Its digits as a whole number.</param>
    /// <param name="Exponent">The power of ten that they are multiplied by.</param>
    /// <param name="IsNegative">Whether a minus stands in front.</param>
    /// <param name="IsWhole">Whether it has neither a point nor an exponent.</param>
    /// <param name="IsSimple">Whether the mantissa holds all digits, and the power is one that 64-bit floats hold exactly.</param>
    private readonly record struct Scanned(int Length, ulong Mantissa, int Exponent, bool IsNegative, bool IsWhole, bool IsSimple);
}

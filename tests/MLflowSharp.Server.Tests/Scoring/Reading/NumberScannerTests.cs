using System.Globalization;
using System.Text;
using MLflowSharp.Server.Scoring.Reading;

namespace MLflowSharp.Server.Tests.Scoring.Reading;

public sealed class NumberScannerTests
{
    private const int Tries = 100_000;

    [Fact]
    public void A_number_of_any_size_is_read_as_the_runtime_reads_it()
    {
        var random = new Random(7);
        for (var index = 0; index < Tries; index++)
        {
            Check(BitConverter.Int64BitsToDouble(random.NextInt64()).ToString("R", CultureInfo.InvariantCulture));
            Check(((double)BitConverter.Int32BitsToSingle(random.Next())).ToString("R", CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void A_number_as_pixels_and_measurements_have_it_is_read_as_the_runtime_reads_it()
    {
        var random = new Random(11);
        for (var index = 0; index < Tries; index++)
        {
            Check(random.NextDouble().ToString("R", CultureInfo.InvariantCulture));
            Check(((double)(random.Next(256) / 255f)).ToString("R", CultureInfo.InvariantCulture));
            Check(((random.NextDouble() - 0.5) * 1e6).ToString("F6", CultureInfo.InvariantCulture));
            Check(random.NextInt64().ToString(CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void A_number_between_two_32_bit_floats_goes_where_the_64_bit_one_goes()
    {
        var random = new Random(13);
        for (var index = 0; index < Tries; index++)
        {
            var low = 0.1f + random.NextSingle();
            var middle = ((double)low + BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(low) + 1)) / 2;
            Check(middle.ToString("R", CultureInfo.InvariantCulture));
            Check(BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(middle) + random.Next(-2, 3)).ToString("R", CultureInfo.InvariantCulture));
        }
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0.0", -0.0)]
    [InlineData("12345678901234567890123", 12345678901234567890123d)]
    [InlineData("0.000000000000000000000000000012345678901234567", 1.2345678901234567e-29)]
    [InlineData("1e400", double.PositiveInfinity)]
    [InlineData("1E-400", 0)]
    [InlineData("1e99999999999", double.PositiveInfinity)]
    [InlineData("NaN", double.NaN)]
    [InlineData("Infinity", double.PositiveInfinity)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    public void What_is_rare_is_read_too(string text, double expected)
    {
        var (position, same) = (0, 0);
        Assert.True(NumberScanner.TryReadDouble(Encoding.ASCII.GetBytes(text), ref position, out var value, out _));
        Assert.True(NumberScanner.TryReadSingle(Encoding.ASCII.GetBytes(text), ref same, out var single));
        Assert.Equal((text.Length, expected), (position, value));
        Assert.Equal((text.Length, (float)expected), (same, single));
    }

    [Theory]
    [InlineData("01")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1e")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData("nan")]
    [InlineData("")]
    public void What_JSON_does_not_call_a_number_is_none(string text)
    {
        var position = 0;
        Assert.False(NumberScanner.TryReadSingle(Encoding.ASCII.GetBytes(text), ref position, out _));
        Assert.False(NumberScanner.TryReadDouble(Encoding.ASCII.GetBytes(text), ref position, out _, out _));
        Assert.Equal(0, position);
    }

    [Theory]
    [InlineData("9223372036854775807", 9223372036854775807)]
    [InlineData("-9007199254740993", -9007199254740993)]
    [InlineData("7", 7)]
    public void A_whole_number_keeps_all_of_its_digits(string text, long expected)
    {
        var position = 0;
        Assert.True(NumberScanner.TryReadDouble(Encoding.ASCII.GetBytes(text), ref position, out _, out var whole));
        Assert.Equal(expected, whole);
    }

    [Theory]
    [InlineData("0.0, 0.0, 0.5, 1.0", 2, 10)]
    [InlineData("0, 0, 0, 17, 3, 44", 3, 9)]
    [InlineData("0,0,0,0,255,255,2", 4, 8)]
    [InlineData("0.0, 0,0, 0.05, 3", 3, 10)]
    [InlineData("-0.0, 0.0, 0.0, 1", 0, 0)]
    [InlineData("00, 0.00, 0, 0, 0", 0, 0)]
    [InlineData("0.0, 0.0]}", 1, 5)]
    [InlineData("0,0", 0, 0)]
    public void Zeros_with_a_comma_are_passed_at_once(string text, int zeros, int end)
    {
        var position = 0;

        Assert.Equal(zeros, NumberScanner.SkipZeros(Encoding.ASCII.GetBytes(text), ref position));
        Assert.Equal(end, position);
    }

    private static void Check(string text)
    {
        // Python writes exponents with a small letter; JSON knows both.
        if (!double.IsFinite(double.Parse(text, CultureInfo.InvariantCulture)))
            return;
        var expected = double.Parse(text, CultureInfo.InvariantCulture);
        byte[] json = [.. Encoding.ASCII.GetBytes(text.Replace("E+", "e+", StringComparison.Ordinal)), (byte)','];
        var (first, second) = (0, 0);
        Assert.True(NumberScanner.TryReadDouble(json, ref first, out var wide, out _), text);
        Assert.True(NumberScanner.TryReadSingle(json, ref second, out var narrow), text);
        Assert.True(BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(wide), text);
        Assert.True(BitConverter.SingleToInt32Bits((float)expected) == BitConverter.SingleToInt32Bits(narrow), text);
        Assert.Equal((text.Length, text.Length), (first, second));
    }
}

using System.Globalization;
using System.Numerics;

namespace MLflowSharp;

public sealed partial class MlflowImage
{
    /// <summary>Makes a picture of numbers, by MLflow's rules.</summary>
    /// <param name="pixels">
    /// An array of height × width (grey) or height × width × 1, 3 or 4: bytes and whole numbers 0 to 255, floating-point numbers 0 to 1, or
    /// booleans. Floating-point numbers outside 0 to 1 are scaled so that the smallest becomes 0 and the largest 1.
    /// </param>
    /// <param name="warn">Is told when numbers are scaled; null to say nothing.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE for another shape or kind of element, or whole numbers outside 0 to 255.</exception>
    public static MlflowImage FromArray(Array pixels, Action<string>? warn = null)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        if (pixels.Rank is not (2 or 3))
            throw MlflowException.Invalid($"An image must be an array of 2 or 3 dimensions, but has {pixels.Rank}.");
        var (height, width, channels) = (pixels.GetLength(0), pixels.GetLength(1), pixels.Rank == 3 ? pixels.GetLength(2) : 1);
        if (pixels.Length == 0)
            throw MlflowException.Invalid($"An image must have pixels, but its array is {height} × {width} × {channels}.");
        return new(width, height, channels, pixels switch
        {
            byte[,] or byte[,,] => Copy(pixels),
            bool[,] or bool[,,] => [.. pixels.Cast<bool>().Select(value => value ? (byte)255 : (byte)0)],
            float[,] or float[,,] => Scale(pixels.Cast<float>().ToArray(), warn),
            double[,] or double[,,] => Scale(pixels.Cast<double>().ToArray(), warn),
            sbyte[,] or sbyte[,,] or short[,] or short[,,] or ushort[,] or ushort[,,] or int[,] or int[,,] or uint[,] or uint[,,] or long[,] or long[,,] =>
                Whole([.. pixels.Cast<object>().Select(value => Convert.ToInt64(value, CultureInfo.InvariantCulture))]),
            _ => throw MlflowException.Invalid($"An image cannot be made of {pixels.GetType().GetElementType()!.Name}. Use bytes, whole numbers, floating-point numbers or booleans."),
        });
    }

    private static byte[] Copy(Array pixels)
    {
        var bytes = new byte[pixels.Length];
        Buffer.BlockCopy(pixels, 0, bytes, 0, bytes.Length);
        return bytes;
    }

    private static byte[] Whole(long[] values)
    {
        var (least, most) = (values.Min(), values.Max());
        return least < 0 || most > 255
            ? throw MlflowException.Invalid($"Whole numbers of an image must be 0 to 255, but go from {least} to {most}.")
            : [.. values.Select(value => (byte)value)];
    }

    // In the array's own precision, as NumPy: a product near a whole number is cut off to another one in the other precision.
    private static byte[] Scale<T>(T[] values, Action<string>? warn)
        where T : IFloatingPointIeee754<T>
    {
        if (!values.All(T.IsFinite))
            throw MlflowException.Invalid("An image has NaN or an infinity among its numbers. Replace them, then log it.");
        var (least, most) = (values.Min()!, values.Max()!);
        if (least < T.Zero || most > T.One)
        {
            warn?.Invoke(string.Create(CultureInfo.InvariantCulture, $"Numbers of an image go from {least} to {most} instead of 0 to 1; they were scaled to that."));
            var range = most - least;
            values = [.. values.Select(value => range > T.Zero ? (value - least) / range : T.Zero)];
        }

        // Cut off, not rounded, as NumPy does.
        return [.. values.Select(value => byte.CreateTruncating(value * T.CreateChecked(255)))];
    }
}

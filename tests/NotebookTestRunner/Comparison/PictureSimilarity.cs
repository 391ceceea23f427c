using System.Runtime.InteropServices;

namespace NotebookTestRunner.Comparison;

/// <summary>
/// How alike two pictures of one size are: structural similarity (Wang et al. 2004, "Image quality assessment: from error
/// visibility to structural similarity") over windows of 8 × 8 pixels, averaged over tiles of 32 × 32 that overlap by half. What counts is the tile that
/// is least alike, in whichever of red, green, blue and opacity is: the average over a plot, which is mostly blank, would not notice
/// a curve that is gone.
/// </summary>
/// <param name="Value">From 1 (equal) down to -1.</param>
/// <param name="X">The left edge of the tile that is least alike.</param>
/// <param name="Y">Its top edge.</param>
/// <param name="Width">Its width.</param>
/// <param name="Height">Its height.</param>
/// <param name="ChangedPixels">How many pixels are not equal.</param>
internal sealed record PictureSimilarity(double Value, int X, int Y, int Width, int Height, long ChangedPixels)
{
    private const int Window = 8;
    private const int Step = 4;
    private const int Tile = 32;
    private const int Channels = 4;

    // The constants that keep flat windows from being divided by nothing, for values up to 255.
    private const double C1 = 0.01 * 255 * 0.01 * 255;
    private const double C2 = 0.03 * 255 * 0.03 * 255;

    /// <summary>Compares two pictures.</summary>
    /// <param name="stored">Pixels row by row, each red, green, blue and opacity (not multiplied in).</param>
    /// <param name="now">The other picture's.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    public static PictureSimilarity Of(ReadOnlySpan<byte> stored, ReadOnlySpan<byte> now, int width, int height)
    {
        var (a, b) = (OnWhite(stored), OnWhite(now));
        var worst = new PictureSimilarity(1, 0, 0, width, height, Changed(a, b));
        if (worst.ChangedPixels == 0) return worst;
        for (var y = 0; y == 0 || y + Tile / 2 < height; y += Tile / 2)
        {
            for (var x = 0; x == 0 || x + Tile / 2 < width; x += Tile / 2)
            {
                var (w, h) = (Math.Min(Tile, width - x), Math.Min(Tile, height - y));
                if (Equal(a, b, width, x, y, w, h)) continue;
                for (var channel = 0; channel < Channels; channel++)
                {
                    var value = TileSimilarity(a, b, width, x, y, w, h, channel);
                    if (value < worst.Value) worst = worst with { Value = value, X = x, Y = y, Width = w, Height = h };
                }
            }
        }
        return worst;
    }

    // What is seen through shows the page, which is white in reports and most front ends.
    private static byte[] OnWhite(ReadOnlySpan<byte> pixels)
    {
        var seen = pixels.ToArray();
        for (var i = 0; i < seen.Length; i += Channels)
        {
            var opacity = seen[i + 3];
            if (opacity == 255) continue;
            for (var channel = 0; channel < 3; channel++) seen[i + channel] = (byte)(255 + (seen[i + channel] - 255) * opacity / 255);
        }
        return seen;
    }

    private static long Changed(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var left = MemoryMarshal.Cast<byte, uint>(a);
        var right = MemoryMarshal.Cast<byte, uint>(b);
        long changed = 0;
        for (var i = 0; i < left.Length; i++) changed += left[i] == right[i] ? 0 : 1;
        return changed;
    }

    private static bool Equal(byte[] a, byte[] b, int width, int x, int y, int w, int h)
    {
        for (var row = y; row < y + h; row++)
        {
            var start = (row * width + x) * Channels;
            if (!a.AsSpan(start, w * Channels).SequenceEqual(b.AsSpan(start, w * Channels))) return false;
        }
        return true;
    }

    private static double TileSimilarity(byte[] a, byte[] b, int width, int x, int y, int w, int h, int channel)
    {
        double sum = 0;
        var windows = 0;
        // The last window of a row ends at the edge, wherever the steps lead: else up to three pixels there would not count.
        for (var top = y; ; top = Math.Min(top + Step, y + h - Window))
        {
            for (var left = x; ; left = Math.Min(left + Step, x + w - Window))
            {
                sum += WindowSimilarity(a, b, width, left, top, Math.Min(Window, w), Math.Min(Window, h), channel);
                windows++;
                if (left + Window >= x + w) break;
            }

            if (top + Window >= y + h) break;
        }

        return sum / windows;
    }

    private static double WindowSimilarity(byte[] a, byte[] b, int width, int x, int y, int w, int h, int channel)
    {
        long sumA = 0, sumB = 0, squareA = 0, squareB = 0, product = 0;
        for (var row = y; row < y + h; row++)
        {
            var start = (row * width + x) * Channels + channel;
            for (var i = start; i < start + w * Channels; i += Channels)
            {
                sumA += a[i];
                sumB += b[i];
                squareA += a[i] * a[i];
                squareB += b[i] * b[i];
                product += a[i] * b[i];
            }
        }
        double count = w * h;
        var (meanA, meanB) = (sumA / count, sumB / count);
        var (varianceA, varianceB, covariance) = (squareA / count - meanA * meanA, squareB / count - meanB * meanB, product / count - meanA * meanB);
        return (2 * meanA * meanB + C1) * (2 * covariance + C2) / ((meanA * meanA + meanB * meanB + C1) * (varianceA + varianceB + C2));
    }
}

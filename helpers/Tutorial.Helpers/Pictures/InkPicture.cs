using System.Runtime.InteropServices;
using SkiaSharp;

namespace Tutorial.Helpers;

/// <summary>A picture as ink: 0 where the paper is, 1 where the pen was.</summary>
internal sealed class InkPicture
{
    private const int Box = 20;

    // Of a dark and a bright grey that are nearer to each other, neither is ink.
    private const double LeastContrast = 40;
    private readonly float[] _ink;
    private readonly int _width, _height;

    private InkPicture(float[] ink, int width, int height) => (_ink, _width, _height) = (ink, width, height);

    /// <summary>Tells ink from paper; null where there is no ink. What covers less of the picture is the ink.</summary>
    public static InkPicture? Of(SKBitmap picture)
    {
        var grey = Grey(picture);
        var threshold = Threshold(grey);
        var (dark, bright) = (Mean(grey, value => value <= threshold), Mean(grey, value => value > threshold));
        if (bright - dark < LeastContrast)
            return null;
        var darkIsInk = grey.Count(value => value <= threshold) * 2 < grey.Length;
        var (paper, pen) = darkIsInk ? (bright, dark) : (dark, bright);
        // From halfway between paper and threshold on, so that shades of the paper stay paper.
        var from = (paper + threshold) / 2;
        return new(Array.ConvertAll(grey, value => (float)Math.Clamp((value - from) / (pen - from), 0, 1)), picture.Width, picture.Height);
    }

    /// <summary>The 784 grey values of an image as MNIST's are.</summary>
    public byte[] ToMnist()
    {
        var (left, top, right, bottom) = Bounds();
        var scale = (double)Box / Math.Max(right - left, bottom - top);
        var (shiftX, shiftY) = ((MnistImage.Side - ((right - left) * scale)) / 2, (MnistImage.Side - ((bottom - top) * scale)) / 2);
        var fitted = Sampled(left - (shiftX / scale), top - (shiftY / scale), scale);
        var (x, y) = DigitPreprocessing.CentreOfMass(fitted);
        return Sampled(left - ((shiftX + MnistImage.Centre - x) / scale), top - ((shiftY + MnistImage.Centre - y) / scale), scale);
    }

    private static byte[] Grey(SKBitmap picture)
    {
        using var surface = new SKBitmap(new SKImageInfo(picture.Width, picture.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        using (var canvas = new SKCanvas(surface))
        {
            canvas.Clear(SKColors.White);
            canvas.DrawBitmap(picture, 0, 0);
        }

        var grey = new byte[picture.Width * picture.Height];
        var pixels = MemoryMarshal.Cast<byte, uint>(surface.GetPixelSpan());
        // The weights of red, green and blue in luma, ITU-R BT.601.
        for (var index = 0; index < grey.Length; index++)
            grey[index] = (byte)Math.Round((0.299 * (pixels[index] & 0xff)) + (0.587 * ((pixels[index] >> 8) & 0xff)) + (0.114 * ((pixels[index] >> 16) & 0xff)));
        return grey;
    }

    /// <summary>The grey that parts the two groups best: Otsu, "A threshold selection method from gray-level histograms" (1979).</summary>
    private static double Threshold(byte[] grey)
    {
        var counts = new long[256];
        foreach (var value in grey)
            counts[value]++;
        var all = grey.Sum(value => (double)value);
        double below = 0, sumBelow = 0, best = -1;
        int first = 0, last = 0;
        for (var value = 0; value < 255; value++)
        {
            below += counts[value];
            sumBelow += (double)value * counts[value];
            if (below == 0 || below == grey.Length)
                continue;
            var apart = (sumBelow / below) - ((all - sumBelow) / (grey.Length - below));
            var between = below * (grey.Length - below) * apart * apart;
            if (between > best)
                (best, first, last) = (between, value, value);
            else if (between == best)
                last = value;
        }

        return (first + last) / 2.0;
    }

    private static double Mean(byte[] grey, Func<byte, bool> counts) => grey.Where(counts).Select(value => (double)value).DefaultIfEmpty().Average();

    private (int Left, int Top, int Right, int Bottom) Bounds()
    {
        var (left, top, right, bottom) = (_width, _height, 0, 0);
        for (var index = 0; index < _ink.Length; index++)
        {
            if (_ink[index] <= 0.5)
                continue;
            var (x, y) = (index % _width, index / _width);
            (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x + 1), Math.Max(bottom, y + 1));
        }

        return (left, top, right, bottom);
    }

    /// <summary>28 × 28 pixels, each the mean of what it covers of the picture.</summary>
    private byte[] Sampled(double left, double top, double scale)
    {
        var image = new byte[MnistImage.PixelCount];
        for (var index = 0; index < image.Length; index++)
        {
            var (x, y) = (left + (index % MnistImage.Side / scale), top + (index / MnistImage.Side / scale));
            image[index] = (byte)Math.Round(255 * MeanOver(x, y, x + (1 / scale), y + (1 / scale)));
        }

        return image;
    }

    private double MeanOver(double left, double top, double right, double bottom)
    {
        double sum = 0;
        for (var y = (int)Math.Max(Math.Floor(top), 0); y < Math.Min(bottom, _height); y++)
        {
            var high = Math.Min(bottom, y + 1) - Math.Max(top, y);
            for (var x = (int)Math.Max(Math.Floor(left), 0); x < Math.Min(right, _width); x++)
                sum += _ink[(y * _width) + x] * high * (Math.Min(right, x + 1) - Math.Max(left, x));
        }

        return sum / ((right - left) * (bottom - top));
    }
}

using System.Globalization;

namespace Tutorial.Helpers;

/// <summary>One handwritten digit of 28 × 28 grey values.</summary>
public sealed partial class MnistImage
{
    /// <summary>Width and height in pixels: 28.</summary>
    public const int Side = 28;

    /// <summary>Number of pixels: 784.</summary>
    public const int PixelCount = Side * Side;

    /// <summary>Makes an image from grey values.</summary>
    /// <param name="pixels">784 grey values from 0 (background) to 255 (ink), row by row.</param>
    /// <param name="label">The digit it shows, 0 to 9.</param>
    /// <exception cref="ArgumentException">There are not 784 values.</exception>
    public MnistImage(ReadOnlyMemory<byte> pixels, int label)
    {
        if (pixels.Length != PixelCount)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"An MNIST image has {PixelCount} pixels (28 × 28), but {pixels.Length} were given."), nameof(pixels));
        }

        Pixels = pixels;
        Label = label;
    }

    /// <summary>The grey values from 0 (background) to 255 (ink), row by row.</summary>
    public ReadOnlyMemory<byte> Pixels { get; }

    /// <summary>The digit it shows, 0 to 9.</summary>
    public int Label { get; }

    /// <summary>The grey value at a row (0 at the top) and a column (0 at the left).</summary>
    /// <param name="row">0 to 27.</param>
    /// <param name="column">0 to 27.</param>
    public byte this[int row, int column]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Side, nameof(row));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)Side, nameof(column));
            return Pixels.Span[(row * Side) + column];
        }
    }

    /// <summary>The grey values from 0 to 1, row by row, as a model takes them: 784 values.</summary>
    public float[] ToInput() => MnistSplit.ToUnit(Pixels.Span);

    /// <summary>How a notebook shows it: as a small figure.</summary>
    public IReadOnlyDictionary<string, object> ToDisplayBundle() => Figures.Digits([this], columns: 1).ToDisplayBundle();

    /// <summary>The digit drawn with characters, two per pixel, for a terminal.</summary>
    public override string ToString()
    {
        const string Shades = " .:-=+*#%@";
        var rows = Enumerable.Range(0, Side).Select(row =>
            string.Concat(Enumerable.Range(0, Side).Select(column => new string(Shades[this[row, column] * Shades.Length / 256], 2))).TrimEnd());
        return string.Join('\n', rows);
    }
}

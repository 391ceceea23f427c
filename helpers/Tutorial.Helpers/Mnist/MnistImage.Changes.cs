namespace Tutorial.Helpers;

public sealed partial class MnistImage
{
    // In MNIST the centre of mass is anywhere within the pixel to the right of and below the middle: of all 10,000 test images, measured.
    internal const double Centre = (Side / 2.0) + 0.5;

    /// <summary>The same digit elsewhere in the picture. What leaves it at one side is gone; what comes in at the other is background.</summary>
    /// <param name="right">Pixels to the right; below 0 to the left.</param>
    /// <param name="down">Pixels down; below 0 up.</param>
    public MnistImage Shifted(int right, int down) => Made((row, column) => At(row - down, column - right));

    /// <summary>Dark ink on bright paper, and the other way round: each grey value taken from 255.</summary>
    public MnistImage Inverted() => Made((row, column) => (byte)(255 - this[row, column]));

    /// <summary>The same digit with the centre of mass of its ink in the middle, to the nearest pixel, as MNIST's images were made: those stay as they are. A picture without ink stays as it is.</summary>
    public MnistImage Centred()
    {
        var (x, y) = DigitPreprocessing.CentreOfMass(Pixels.Span);
        return double.IsNaN(x) ? this : Shifted((int)Math.Round(Centre - x), (int)Math.Round(Centre - y));
    }

    /// <summary>The same digit written with a thicker pen: each pixel becomes as bright as the brightest within the given distance to its left, right, above and below.</summary>
    /// <param name="pixels">How much thicker on each side of the line, in pixels; 0 or more.</param>
    public MnistImage Thickened(int pixels = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pixels);
        var image = this;
        for (var turn = 0; turn < pixels; turn++)
        {
            var thinner = image;
            image = Made((row, column) => Math.Max(
                Math.Max(thinner.At(row, column), Math.Max(thinner.At(row - 1, column), thinner.At(row + 1, column))),
                Math.Max(thinner.At(row, column - 1), thinner.At(row, column + 1))));
        }

        return image;
    }

    /// <summary>How much ink there is: the mean of all grey values, from 0 (none) to 1 (nothing but ink).</summary>
    public double Ink
    {
        get
        {
            long sum = 0;
            foreach (var grey in Pixels.Span)
                sum += grey;
            return sum / (255.0 * PixelCount);
        }
    }

    private byte At(int row, int column) => (uint)row < Side && (uint)column < Side ? Pixels.Span[(row * Side) + column] : (byte)0;

    private MnistImage Made(Func<int, int, byte> grey)
    {
        var pixels = new byte[PixelCount];
        for (var index = 0; index < pixels.Length; index++)
            pixels[index] = grey(index / Side, index % Side);
        return new(pixels, Label);
    }
}

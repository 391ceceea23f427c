namespace Tutorial.Helpers;

/// <summary>
/// Makes 28 × 28 grey pixels of strokes, as MNIST was made of scanned digits: fitted into 20 × 20 with smooth edges, then moved so that the
/// centre of mass is in the middle (LeCun, Cortes, Burges, "The MNIST database"). <c>Pages/digits.js</c> does the same in a browser, with the
/// same operations in the same order; whoever changes one changes the other.
/// </summary>
internal static class DigitPreprocessing
{
    /// <summary>
    /// How far a line reaches to both sides of its middle, in pixels. MNIST's pens were all alike; a digit that is drawn small with a thick
    /// brush, or large with a thin one, is written with the nearest of them.
    /// </summary>
    public const double ThinnestPen = 1.1, ThickestPen = 1.6;

    private const int Side = MnistImage.Side;
    private const double Box = 20;

    /// <summary>Makes the pixels: 784 grey values from 0 to 255, row by row.</summary>
    public static byte[] Render(DigitDrawing drawing, DigitFit fit)
    {
        var strokes = drawing.Strokes.Where(stroke => stroke.Count > 0).ToList();
        if (strokes.Count == 0)
            return new byte[MnistImage.PixelCount];
        var points = strokes.SelectMany(stroke => stroke).ToList();
        var (left, right) = (points.Min(point => point.X), points.Max(point => point.X));
        var (top, bottom) = (points.Min(point => point.Y), points.Max(point => point.Y));
        var extent = Math.Max(right - left, bottom - top);
        var radius = drawing.Brush / 2;
        double scale, shiftX, shiftY;
        if (fit == DigitFit.WholeCanvas)
        {
            scale = Side / Math.Max(drawing.Width, drawing.Height);
            radius *= scale;
            shiftX = (Side - (drawing.Width * scale)) / 2;
            shiftY = (Side - (drawing.Height * scale)) / 2;
        }
        else
        {
            radius = Math.Min(Math.Max(radius * (Box / (extent + (2 * radius))), ThinnestPen), ThickestPen);
            scale = extent > 0 ? (Box - (2 * radius)) / extent : 1;
            shiftX = (Side / 2.0) - ((left + right) / 2 * scale);
            shiftY = (Side / 2.0) - ((top + bottom) / 2 * scale);
        }

        var image = Ink(strokes, scale, shiftX, shiftY, radius);
        if (fit != DigitFit.CentreOfMass)
            return image;
        var (x, y) = CentreOfMass(image);
        return Ink(strokes, scale, shiftX + ((Side / 2.0) - x), shiftY + ((Side / 2.0) - y), radius);
    }

    /// <summary>The centre of the ink in pixels from the upper left corner; of an image without ink, not a number.</summary>
    public static (double X, double Y) CentreOfMass(ReadOnlySpan<byte> image)
    {
        double mass = 0, sumX = 0, sumY = 0;
        for (var row = 0; row < Side; row++)
        {
            for (var column = 0; column < Side; column++)
            {
                double grey = image[(row * Side) + column];
                mass += grey;
                sumX += grey * (column + 0.5);
                sumY += grey * (row + 0.5);
            }
        }

        return (sumX / mass, sumY / mass);
    }

    private static byte[] Ink(List<IReadOnlyList<PenPoint>> strokes, double scale, double shiftX, double shiftY, double radius)
    {
        // The squares of the distances from each pixel's middle to the nearest line.
        var nearest = new double[MnistImage.PixelCount];
        Array.Fill(nearest, double.PositiveInfinity);
        foreach (var stroke in strokes)
        {
            for (var point = 0; point < stroke.Count; point++)
            {
                var (from, to) = (stroke[Math.Max(point - 1, 0)], stroke[point]);
                Approach(nearest, (from.X * scale) + shiftX, (from.Y * scale) + shiftY, (to.X * scale) + shiftX, (to.Y * scale) + shiftY, radius + 1);
            }
        }

        var image = new byte[nearest.Length];
        for (var index = 0; index < image.Length; index++)
            image[index] = (byte)Math.Floor((Math.Min(Math.Max(radius + 0.5 - Math.Sqrt(nearest[index]), 0), 1) * 255) + 0.5);
        return image;
    }

    /// <summary>Notes the distances to one line, for the pixels within its reach.</summary>
    private static void Approach(double[] nearest, double x1, double y1, double x2, double y2, double reach)
    {
        var (firstRow, lastRow) = (Math.Max(Math.Floor(Math.Min(y1, y2) - reach), 0), Math.Min(Math.Floor(Math.Max(y1, y2) + reach), Side - 1));
        var (firstColumn, lastColumn) = (Math.Max(Math.Floor(Math.Min(x1, x2) - reach), 0), Math.Min(Math.Floor(Math.Max(x1, x2) + reach), Side - 1));
        var (wide, high) = (x2 - x1, y2 - y1);
        var length = (wide * wide) + (high * high);
        for (var row = (int)firstRow; row <= lastRow; row++)
        {
            for (var column = (int)firstColumn; column <= lastColumn; column++)
            {
                var (x, y) = (column + 0.5 - x1, row + 0.5 - y1);
                var along = length > 0 ? Math.Min(Math.Max(((x * wide) + (y * high)) / length, 0), 1) : 0;
                var (offX, offY) = (x - (along * wide), y - (along * high));
                var index = (row * Side) + column;
                nearest[index] = Math.Min(nearest[index], (offX * offX) + (offY * offY));
            }
        }
    }
}

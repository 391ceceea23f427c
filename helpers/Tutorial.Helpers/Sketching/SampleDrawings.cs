namespace Tutorial.Helpers;

/// <summary>
/// Digits drawn for this course, each in several manners: what a reader might draw, for tests, for figures and for notebooks that run without
/// a reader. None of them comes from MNIST.
/// </summary>
public static class SampleDrawings
{
    private const double Canvas = 280, Usual = 170, Brush = 20;
    private const int PointsBetween = 8;

    // Points that the pen passes, in a square of 100; a curve is laid through those of a stroke, and "|" begins the next stroke.
    private static readonly (int Digit, string Strokes)[] Written =
    [
        (0, "52 4, 30 14, 20 42, 24 74, 42 96, 62 92, 78 66, 76 30, 62 8, 50 5"),
        (0, "60 8, 38 6, 22 28, 20 60, 34 90, 58 96, 76 78, 80 44, 70 16, 54 6"),
        (1, "54 3, 53 30, 52 60, 50 97"),
        (1, "62 4, 56 34, 50 66, 44 96"),
        (2, "24 24, 36 8, 58 6, 72 22, 68 44, 48 66, 24 90 | 24 90, 50 90, 80 90"),
        (2, "22 28, 34 10, 54 4, 70 14, 70 36, 54 60, 30 84, 22 94 | 22 94, 48 88, 78 94"),
        (3, "24 14, 44 4, 66 12, 68 32, 44 46 | 44 46, 70 54, 76 76, 56 94, 32 94, 20 84"),
        (3, "26 8, 50 4, 70 16, 62 38, 42 46 | 42 46, 66 50, 74 70, 60 92, 36 96, 22 86"),
        (4, "36 4, 30 28, 22 54 | 22 54, 50 54, 80 52 | 66 6, 64 50, 60 96"),
        (4, "30 6, 26 32, 26 50, 44 56, 74 48 | 74 8, 70 50, 66 96"),
        (5, "74 6, 52 6, 32 8 | 32 8, 30 26, 28 42 | 28 42, 50 38, 70 50, 74 72, 58 92, 34 94, 20 86"),
        (5, "72 8, 54 8, 34 10 | 34 10, 30 44 | 30 44, 56 40, 72 58, 68 82, 46 96, 24 88"),
        (6, "64 4, 44 20, 28 48, 24 74, 38 94, 60 94, 72 76, 62 58, 42 60, 28 76"),
        (6, "58 4, 38 28, 26 58, 30 86, 50 96, 70 84, 68 64, 48 56, 30 70"),
        (7, "20 10, 50 10, 78 8 | 78 8, 64 36, 52 66, 44 97"),
        (7, "22 12, 48 8, 76 8 | 76 8, 66 34, 54 62, 42 96"),
        (8, "66 16, 48 4, 30 16, 36 36, 58 52, 72 74, 56 95, 34 92, 26 74, 44 52, 66 34, 66 16"),
        (8, "62 12, 44 6, 32 22, 44 42, 64 58, 66 82, 48 96, 30 84, 36 62, 58 42, 66 22, 60 12"),
        (9, "70 26, 56 6, 34 10, 28 32, 44 48, 64 40, 70 24 | 70 24, 68 52, 64 76, 58 97"),
        (9, "72 22, 54 4, 32 14, 30 38, 50 48, 68 34, 72 20 | 72 20, 70 56, 62 96"),
    ];

    private static readonly (string Name, double Size, double Brush, double Right, double Down, double Degrees)[] Manners =
    [
        ("plain", Usual, Brush, 0, 0, 0),
        ("thick", Usual, 36, 0, 0, 0),
        ("thin", Usual, 7, 0, 0, 0),
        ("small", 70, 12, 0, 0, 0),
        ("off-centre", 110, Brush, 62, 58, 0),
        ("rotated by 10°", Usual, Brush, 0, 0, 10),
        ("rotated by −10°", Usual, Brush, 0, 0, -10),
    ];

    /// <summary>All drawings: two hands write each digit in seven manners.</summary>
    public static IReadOnlyList<SampleDrawing> All { get; } =
    [
        .. from manner in Manners
           from written in Written
           select new SampleDrawing(written.Digit, manner.Name, Draw(written.Strokes, manner.Size, manner.Brush, manner.Right, manner.Down, manner.Degrees)),
    ];

    private static DigitDrawing Draw(string strokes, double size, double brush, double right, double down, double degrees)
    {
        var (sine, cosine) = Math.SinCos(degrees * Math.PI / 180);
        return new([.. strokes.Split('|').Select(Curve)], Canvas, Canvas, brush);

        IReadOnlyList<PenPoint> Curve(string stroke)
        {
            var through = stroke.Split(',').Select(point => point.Trim().Split(' ').Select(number => (double.Parse(number, System.Globalization.CultureInfo.InvariantCulture) - 50) / 100).ToArray()).ToArray();
            var points = new List<PenPoint>();
            for (var part = 0; part < through.Length - 1; part++)
            {
                for (var step = part == 0 ? 0 : 1; step <= PointsBetween; step++)
                    points.Add(Place(Between(through, part, 0, step), Between(through, part, 1, step)));
            }

            return points;
        }

        PenPoint Place(double x, double y) => new(
            Math.Round((Canvas / 2) + right + (size * ((x * cosine) - (y * sine))), 1), Math.Round((Canvas / 2) + down + (size * ((x * sine) + (y * cosine))), 1));
    }

    /// <summary>A curve through the points, without a bend at any of them (Catmull and Rom, 1974).</summary>
    private static double Between(double[][] through, int part, int axis, int step)
    {
        var (before, from) = (through[Math.Max(part - 1, 0)][axis], through[part][axis]);
        var (to, after) = (through[part + 1][axis], through[Math.Min(part + 2, through.Length - 1)][axis]);
        var t = step / (double)PointsBetween;
        return 0.5 * ((2 * from) + (t * (to - before)) + (t * t * ((2 * before) - (5 * from) + (4 * to) - after)) + (t * t * t * ((3 * from) - before - (3 * to) + after)));
    }
}

using Tutorial.Helpers.Drawing;

namespace Tutorial.Helpers;

/// <summary>What line and bar charts share when drawn: heading, legend, y axis with grid lines, and the labels of both axes.</summary>
internal sealed class ChartFrame
{
    public const double Width = 640, Height = 360;
    private const double Left = 72, Right = Width - 20, Bottom = Height - 56;
    private const double LegendSign = 26, LegendGap = 18, CharacterWidth = 7;
    private readonly double _top;
    private readonly Axis _y;

    public ChartFrame(Figure figure, string xLabel, string yLabel, Axis y, IReadOnlyList<string> legend, bool lines)
    {
        _y = y;
        Canvas = new Canvas(Width, Height, figure.Title, figure.Description);
        Canvas.Add(new Label(new Point(Width / 2, 24), figure.Title, Size: 16, Bold: true));
        _top = legend.Count > 1 ? AddLegend(legend, lines) : 40;

        foreach (var tick in y.Ticks())
        {
            Canvas.Add(new Polyline([new Point(Left, Y(tick)), new Point(Right, Y(tick))], tick == 0 ? Palette.FaintInk : Palette.Grid));
            Canvas.Add(new Label(new Point(Left - 8, Y(tick) + 4), Axis.Text(tick), Anchor: Anchor.End));
        }

        Canvas.Add(new Polyline([new Point(Left, Bottom), new Point(Right, Bottom)], Palette.FaintInk));
        Canvas.Add(new Label(new Point((Left + Right) / 2, Height - 14), xLabel, Size: 13, Fill: Palette.FaintInk));
        Canvas.Add(new Label(new Point(18, (_top + Bottom) / 2), yLabel, Size: 13, Fill: Palette.FaintInk, Vertical: true));
    }

    public Canvas Canvas { get; }

    /// <summary>The x coordinate at a fraction (0 to 1) of the plot's width.</summary>
    public static double X(double fraction) => Left + (fraction * (Right - Left));

    public double Y(double value) => Bottom - (_y.Fraction(value) * (Bottom - _top));

    /// <summary>A text under the x axis.</summary>
    public void Under(double fraction, string text) => Canvas.Add(new Label(new Point(X(fraction), Bottom + 18), text));

    private double AddLegend(IReadOnlyList<string> names, bool lines)
    {
        double x = Left, y = 46;
        for (var index = 0; index < names.Count; index++)
        {
            var width = LegendSign + 6 + (names[index].Length * CharacterWidth) + LegendGap;
            if (x > Left && x + width > Right)
                (x, y) = (Left, y + 18);

            Canvas.Add(lines
                ? new Polyline([new Point(x, y - 4), new Point(x + LegendSign, y - 4)], Palette.Colour(index), 2.5, Palette.Dashes(index))
                : new Box(x + LegendSign - 12, y - 10, 12, 12, Palette.Colour(index)));
            Canvas.Add(new Label(new Point(x + LegendSign + 6, y), names[index], Anchor: Anchor.Start));
            x += width;
        }

        return y + 16;
    }
}

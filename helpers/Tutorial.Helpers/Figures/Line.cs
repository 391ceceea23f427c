using Tutorial.Helpers.Drawing;

namespace Tutorial.Helpers;

/// <summary>A series' finite points in drawing order.</summary>
internal sealed record Line(string Name, IReadOnlyList<Point> Points, int LeftOut)
{
    public static Line From(Series series, string title)
    {
        if (series.Positions is not null && series.Positions.Count != series.Values.Count)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"Series '{series.Name}' of '{title}' has {series.Values.Count} values but {series.Positions.Count} positions; give one position per value."));
        }

        var points = series.Values.Select((value, index) => new Point(Round(series.Positions?[index] ?? index + 1), Round(value)))
            .Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y)).ToArray();
        return points.Length > 0
            ? new Line(series.Name, points, series.Values.Count - points.Length)
            : throw new ArgumentException($"Series '{series.Name}' of '{title}' has no finite value to draw.");
    }

    public string Describe()
    {
        var (first, last) = (Points[0], Points[^1]);
        var (low, high) = (Points.MinBy(point => point.Y), Points.MaxBy(point => point.Y));
        // A line that comes back to about where it began has gone up and down, whichever end is the higher one.
        var isStraying = Math.Abs(last.Y - first.Y) <= (high.Y - low.Y) / 2;
        var text = Points.Count == 1
            ? $"{Name} is {Axis.Text(first.Y)}"
            : $"{Name} {(isStraying ? "goes" : last.Y > first.Y ? "rises" : "falls")} from {Axis.Text(first.Y)} to {Axis.Text(last.Y)}";

        if (low.Y < Math.Min(first.Y, last.Y))
            text += $" with its lowest, {Axis.Text(low.Y)}, at {Axis.Text(low.X)}";
        if (high.Y > Math.Max(first.Y, last.Y))
            text += $" with its highest, {Axis.Text(high.Y)}, at {Axis.Text(high.X)}";
        return LeftOut == 0 ? text : text + FormattableString.Invariant($" ({LeftOut} of its values are not finite numbers and are left out)");
    }

    /// <summary>At most about <paramref name="most"/> points: of each stretch its lowest and its highest, so that no spike is lost.</summary>
    public IReadOnlyList<Point> Thin(int most)
    {
        if (Points.Count <= most)
            return Points;
        var stretch = (int)Math.Ceiling(Points.Count / (most / 2.0));
        return
        [
            .. Points.Chunk(stretch).SelectMany(chunk =>
            {
                var (low, high) = (chunk.MinBy(point => point.Y), chunk.MaxBy(point => point.Y));
                return low == high ? [low] : low.X < high.X ? new[] { low, high } : [high, low];
            }),
        ];
    }

    // More digits than an eye can see would only make the notebook larger.
    private static double Round(double value) =>
        double.Parse(value.ToString("G6", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
}

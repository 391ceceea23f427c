using System.Text;
using System.Text.Json.Nodes;
using Plotly.NET.CSharp;
using Tutorial.Helpers.Drawing;

namespace Tutorial.Helpers;

internal sealed class LineFigure : Figure
{
    // About 60 bytes per point over all forms keeps a chart under 60 kB.
    private const int MostPoints = 800;

    private readonly string _xLabel, _yLabel;
    private readonly Line[] _lines;

    public LineFigure(string title, string xLabel, string yLabel, IReadOnlyList<Series> series)
        : base(title)
    {
        if (series.Count == 0)
            throw new ArgumentException($"The line chart '{title}' needs at least one series.", nameof(series));
        _xLabel = xLabel;
        _yLabel = yLabel;
        _lines = [.. series.Select(one => Line.From(one, title))];
        Description = Describe();
    }

    public override string Description { get; }

    private string Describe()
    {
        var text = new StringBuilder();
        var xs = _lines.SelectMany(line => line.Points).Select(point => point.X).ToArray();
        text.Append(Culture($"Line chart '{Title}' with {_lines.Length} series; {_xLabel} from {Axis.Text(xs.Min())} to {Axis.Text(xs.Max())}, {_yLabel} upwards: "));
        text.AppendJoin("; ", _lines.Select(line => line.Describe()));
        return text.Append('.').ToString();
    }

    private static string Culture(FormattableString text) => FormattableString.Invariant(text);

    private IReadOnlyList<Point> Shown(Line line) => line.Thin(Math.Max(20, MostPoints / _lines.Length));

    private protected override Canvas Draw()
    {
        var points = _lines.SelectMany(line => line.Points).ToArray();
        var whole = points.All(point => double.IsInteger(point.X));
        var x = Axis.Over(points.Select(point => point.X), 10, whole);
        var frame = new ChartFrame(this, _xLabel, _yLabel, Axis.Over(points.Select(point => point.Y), 5), [.. _lines.Select(line => line.Name)], lines: true);
        foreach (var tick in x.Ticks())
            frame.Under(x.Fraction(tick), Axis.Text(tick));

        for (var index = 0; index < _lines.Length; index++)
        {
            var line = _lines[index];
            var shown = Shown(line);
            Point Place(Point point) => new(ChartFrame.X(x.Fraction(point.X)), frame.Y(point.Y));
            frame.Canvas.Add(new Polyline([.. shown.Select(Place)], Palette.Colour(index), 2.5, Palette.Dashes(index)));
            if (line.Points.Count > 30)
                continue;
            foreach (var point in line.Points)
                frame.Canvas.Add(new Disc(Place(point), 3.5, Palette.Colour(index), Hint: $"{line.Name}: {Axis.Text(point.Y)} at {_xLabel} {Axis.Text(point.X)}"));
        }

        return frame.Canvas;
    }

    private protected override JsonObject ToPlotly() => PlotlyFigure.From(
        _lines.Select(line =>
        {
            var shown = Shown(line);
            return Chart.Line<double, double, string>(
                x: shown.Select(point => point.X), y: shown.Select(point => point.Y), Name: line.Name, ShowMarkers: line.Points.Count <= 30, UseDefaults: false);
        }),
        Title, _xLabel, _yLabel);

    private protected override JsonObject ToVegaLite()
    {
        var rows = new JsonArray();
        foreach (var line in _lines)
        {
            foreach (var point in Shown(line))
                rows.Add(new JsonObject { ["x"] = point.X, ["y"] = point.Y, ["series"] = line.Name });
        }

        var specification = VegaLite.Chart(Title, Description, rows);
        specification["mark"] = new JsonObject { ["type"] = "line", ["point"] = _lines.All(line => line.Points.Count <= 30), ["tooltip"] = true };
        var x = VegaLite.Field("x", "quantitative", _xLabel, zero: false);
        var places = _lines.SelectMany(line => line.Points).Select(point => point.X).Distinct().ToList();
        if (places.All(double.IsInteger))
        {
            var axis = new JsonObject { ["tickMinStep"] = 1, ["format"] = "d" };
            // JupyterLab's Vega has ticks at halves, labelled 1 2 2 3 3, when there are few whole numbers to show.
            if (places.Count > 0 && places.Max() - places.Min() is var span and < 5)
                axis["values"] = new JsonArray([.. Enumerable.Range(0, (int)span + 1).Select(step => JsonValue.Create(places.Min() + step))]);
            x["axis"] = axis;
        }

        specification["encoding"] = new JsonObject
        {
            ["x"] = x,
            ["y"] = VegaLite.Field("y", "quantitative", _yLabel, zero: false),
            ["color"] = VegaLite.Colour([.. _lines.Select(line => line.Name)]),
        };
        return specification;
    }
}

using System.Text.Json.Nodes;
using Plotly.NET.CSharp;
using Tutorial.Helpers.Drawing;

namespace Tutorial.Helpers;

internal sealed class BarFigure : Figure
{
    private readonly string _xLabel, _yLabel;
    private readonly IReadOnlyList<string> _categories;
    private readonly IReadOnlyList<Series> _series;

    public BarFigure(string title, string xLabel, string yLabel, IReadOnlyList<string> categories, IReadOnlyList<Series> series)
        : base(title)
    {
        if (categories.Count == 0 || series.Count == 0)
            throw new ArgumentException($"The bar chart '{title}' needs at least one category and one series.");
        if (series.FirstOrDefault(one => one.Values.Count != categories.Count || !one.Values.All(double.IsFinite)) is { } wrong)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"Series '{wrong.Name}' of the bar chart '{title}' must have one finite value for each of the {categories.Count} categories."));
        }

        (_xLabel, _yLabel, _categories, _series) = (xLabel, yLabel, categories, series);
    }

    public override string Description
    {
        get
        {
            var lists = _series.Select(one =>
                (_series.Count > 1 ? one.Name + " " : "") + string.Join(", ", _categories.Select((category, index) => $"{category}: {Axis.Text(one.Values[index])}")));
            return $"Bar chart '{Title}' ({_yLabel} by {_xLabel}). {string.Join("; ", lists)}.";
        }
    }

    private protected override Canvas Draw()
    {
        var y = Axis.Over(_series.SelectMany(one => one.Values), 5, fromZero: true);
        var frame = new ChartFrame(this, _xLabel, _yLabel, y, [.. _series.Select(one => one.Name)], lines: false);
        var share = 1.0 / _categories.Count;
        var width = (ChartFrame.X(share) - ChartFrame.X(0)) * 0.7 / _series.Count;
        for (var category = 0; category < _categories.Count; category++)
        {
            frame.Under((category + 0.5) * share, _categories[category]);
            for (var index = 0; index < _series.Count; index++)
            {
                var value = _series[index].Values[category];
                var left = ChartFrame.X((category + 0.15) * share) + (index * width);
                var (top, bottom) = (frame.Y(Math.Max(value, 0)), frame.Y(Math.Min(value, 0)));
                frame.Canvas.Add(new Box(left, top, width, bottom - top, Palette.Colour(index), $"{_categories[category]}, {_series[index].Name}: {Axis.Text(value)}"));
                if (_series.Count * _categories.Count <= 12)
                    frame.Canvas.Add(new Label(new Point(left + (width / 2), value < 0 ? bottom + 13 : top - 4), Axis.Text(value), Size: 11));
            }
        }

        return frame.Canvas;
    }

    private protected override JsonObject ToPlotly()
    {
        var figure = PlotlyFigure.From(
            _series.Select(one => Chart.Column<double, string, string>(values: one.Values, Keys: new(_categories, true), Name: one.Name, UseDefaults: false)),
            Title, _xLabel, _yLabel);

        // Names such as "0" are names, not numbers.
        figure["layout"]!["xaxis"]!["type"] = "category";
        return figure;
    }

    private protected override JsonObject ToVegaLite()
    {
        var rows = new JsonArray();
        foreach (var one in _series)
        {
            for (var index = 0; index < _categories.Count; index++)
                rows.Add(new JsonObject { ["x"] = _categories[index], ["y"] = one.Values[index], ["series"] = one.Name });
        }

        var x = VegaLite.Field("x", "nominal", _xLabel);
        x["sort"] = null;
        x["axis"] = new JsonObject { ["labelAngle"] = 0 };
        var names = _series.Select(one => one.Name).ToArray();
        var specification = VegaLite.Chart(Title, Description, rows);
        specification["mark"] = new JsonObject { ["type"] = "bar", ["tooltip"] = true };
        specification["encoding"] = new JsonObject
        {
            ["x"] = x,
            ["y"] = VegaLite.Field("y", "quantitative", _yLabel),
            ["color"] = VegaLite.Colour(names),
        };
        if (names.Length > 1)
            specification["encoding"]!["xOffset"] = new JsonObject { ["field"] = "series", ["sort"] = null };
        return specification;
    }
}

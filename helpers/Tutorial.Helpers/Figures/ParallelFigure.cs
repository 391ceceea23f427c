using System.Globalization;
using System.Text.Json.Nodes;
using MLflowSharp;
using Tutorial.Helpers.Drawing;

namespace Tutorial.Helpers;

/// <summary>Parallel coordinates: an upright axis for each setting and result, a line across them for each run; the darker the line, the more of the last.</summary>
internal sealed class ParallelFigure : Figure
{
    private const double Top = 74, Bottom = ChartFrame.Height - 40, Margin = 70;
    private static readonly (int R, int G, int B) s_least = (0xc6, 0xdb, 0xef), s_most = (0x08, 0x30, 0x6b);
    private readonly ParallelAxis[] _axes;
    private readonly int _rows;

    public ParallelFigure(string title, RunTable runs)
        : base(title)
    {
        if (runs.Rows.Count == 0 || runs.Columns.Count < 2)
            throw new ArgumentException($"The parallel coordinates '{title}' need at least one run and two columns; found {runs.Rows.Count} and {runs.Columns.Count}.", nameof(runs));
        _axes = [.. runs.Columns.Select((name, index) => ParallelAxis.Of(name, [.. runs.Rows.Select(row => row[index])]))];
        _rows = runs.Rows.Count;
        var (last, best) = (_axes[^1], Enumerable.Range(0, _rows).MaxBy(row => _axes[^1].Places[row]));
        Description = string.Create(CultureInfo.InvariantCulture, $"Parallel coordinates '{Title}' of {_rows} runs over {string.Join(", ", _axes.Select(axis => axis.Describe()))}. ")
            + $"The run with the highest {last.Name} has {string.Join(", ", _axes.Select(axis => $"{axis.Name} {axis.Texts[best]}"))}.";
    }

    public override string Description { get; }

    private protected override Canvas Draw()
    {
        var canvas = new Canvas(ChartFrame.Width, ChartFrame.Height, Title, Description);
        canvas.Add(new Label(new Point(ChartFrame.Width / 2, 24), Title, Size: 16, Bold: true));
        // The highest is drawn last, so that it lies on top.
        foreach (var row in Enumerable.Range(0, _rows).OrderBy(row => _axes[^1].Places[row]))
            canvas.Add(new Polyline([.. _axes.Select((axis, index) => new Point(X(index), Y(axis.Places[row])))], Shade(_axes[^1].Places[row]), 2.5));
        for (var index = 0; index < _axes.Length; index++)
        {
            canvas.Add(new Polyline([new Point(X(index), Top), new Point(X(index), Bottom)], Palette.Ink));
            canvas.Add(new Label(new Point(X(index), Top - 22), _axes[index].Name, Size: 13));
            foreach (var (place, text) in _axes[index].Ticks)
                canvas.Add(new Label(new Point(X(index) + (index == _axes.Length - 1 ? 8 : -8), Y(place) + 4), text, Anchor: index == _axes.Length - 1 ? Anchor.Start : Anchor.End));
        }

        return canvas;
    }

    private protected override JsonObject ToPlotly() => new()
    {
        ["data"] = new JsonArray(new JsonObject
        {
            ["type"] = "parcoords",
            ["line"] = new JsonObject
            {
                ["color"] = new JsonArray([.. _axes[^1].Places.Select(place => JsonValue.Create(place))]),
                ["colorscale"] = new JsonArray(new JsonArray(0, Shade(0)), new JsonArray(1, Shade(1))),
            },
            ["dimensions"] = new JsonArray([.. _axes.Select(axis => axis.ToPlotly())]),
        }),
        ["layout"] = new JsonObject
        {
            ["title"] = new JsonObject { ["text"] = Title },
            ["paper_bgcolor"] = Palette.Paper,
            ["font"] = new JsonObject { ["color"] = Palette.Ink },
            ["width"] = ChartFrame.Width,
            ["height"] = ChartFrame.Height,
            ["margin"] = new JsonObject { ["l"] = 90, ["r"] = 60, ["t"] = 90, ["b"] = 30 },
        },
    };

    private double X(int axis) => Margin + (axis * (ChartFrame.Width - (2 * Margin)) / (_axes.Length - 1));

    private static double Y(double place) => Bottom - (place * (Bottom - Top));

    private static string Shade(double place)
    {
        int Mix(int least, int most) => (int)Math.Round(least + (place * (most - least)));
        return string.Create(CultureInfo.InvariantCulture, $"#{Mix(s_least.R, s_most.R):x2}{Mix(s_least.G, s_most.G):x2}{Mix(s_least.B, s_most.B):x2}");
    }
}

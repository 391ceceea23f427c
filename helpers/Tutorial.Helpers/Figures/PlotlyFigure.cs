using System.Text.Json.Nodes;
using Plotly.NET;
using Tutorial.Helpers.Drawing;

namespace Tutorial.Helpers;

/// <summary>Makes Plotly.NET's charts into a figure for the MIME type <c>application/vnd.plotly.v1+json</c>: data and layout, no script, no template.</summary>
internal static class PlotlyFigure
{
    public static JsonObject From(IEnumerable<GenericChart> charts, string title, string xLabel, string yLabel)
    {
        var figure = JsonNode.Parse(GenericChart.toFigureJson(Plotly.NET.CSharp.Chart.Combine(charts)))!.AsObject();

        // Plotly.NET's default template is 8 kB, repeated in each chart; what it is wanted for is said here in a few words.
        figure["layout"] = new JsonObject
        {
            ["title"] = new JsonObject { ["text"] = title },
            ["xaxis"] = AxisOf(xLabel),
            ["yaxis"] = AxisOf(yLabel),
            ["colorway"] = new JsonArray([.. Palette.Series.Select(colour => JsonValue.Create(colour))]),
            ["paper_bgcolor"] = Palette.Paper,
            ["plot_bgcolor"] = Palette.Paper,
            ["font"] = new JsonObject { ["color"] = Palette.Ink },
            ["width"] = ChartFrame.Width,
            ["height"] = ChartFrame.Height,
            ["margin"] = new JsonObject { ["l"] = 64, ["r"] = 20, ["t"] = 48, ["b"] = 48 },
        };
        return figure;
    }

    private static JsonObject AxisOf(string label) => new()
    {
        ["title"] = new JsonObject { ["text"] = label },
        ["gridcolor"] = Palette.Grid,
        ["linecolor"] = Palette.FaintInk,
    };
}

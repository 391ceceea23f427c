using System.Globalization;
using System.Text.Json.Nodes;

namespace CSharpKernel.Tests.Display.Foreign;

public sealed class PlotlyChartTests : IDisposable
{
    private readonly Notebook _notebook = new();

    public void Dispose() => _notebook.Dispose();

    [Fact]
    public async Task A_chart_is_one_bundle_without_a_script()
    {
        var shown = (await _notebook.RunWellAsync(
            """
            #r "nuget: Plotly.NET, 6.0.0"
            #r "nuget: Plotly.NET.CSharp, 0.14.0"
            using Plotly.NET.CSharp;
            Chart.Line<int, double, string>(x: new[] { 1, 2, 3 }, y: new[] { 0.5, 0.3, 0.2 }, Name: "loss")
            """)).Result;

        Assert.Equal(["application/vnd.plotly.v1+json", "application/vnd.vegalite.v5+json", "text/plain"], shown.Select(item => item.Key));
        Assert.Equal("Chart: line loss of 3 points", (string)shown["text/plain"]!);
        var figure = shown["application/vnd.plotly.v1+json"]!.AsObject();
        Assert.Equal([0.5, 0.3, 0.2], figure["data"]![0]!["y"]!.AsArray().GetValues<double>());
    }

    [Fact]
    public async Task A_chart_is_written_as_the_library_writes_it()
    {
        var shown = await _notebook.RunWellAsync(
            """
            #r "nuget: Plotly.NET, 6.0.0"
            #r "nuget: Plotly.NET.CSharp, 0.14.0"
            using Plotly.NET.CSharp;
            var charts = new[]
            {
                Chart.Line<int, double, string>(x: new[] { 1, 2 }, y: new[] { 0.5, 0.3 }, Name: "loss"),
                Chart.Column<int, string, string>(values: new[] { 1, 2 }, Keys: new[] { "a", "b" }),
                Chart.Pie<int, string, string>(values: new[] { 1, 2 }, Labels: new[] { "a", "b" }),
                Chart.Point<DateTime, double, string>(x: new[] { DateTime.UnixEpoch }, y: new[] { 1.5 }, MarkerColor: Plotly.NET.Color.fromString("red")),
                Chart.Combine(new[] { Chart.Histogram<double, int, string>(X: new[] { 1.0, 2 }, Y: new int[0]), Chart.Heatmap<double, string, string, string>(zData: new[] { new[] { 1.0, 2 } }) }),
            };
            foreach (var chart in charts)
            {
                display(chart);
                Plotly.NET.GenericChart.toFigureJson(chart).DisplayAs("application/json");
            }
            """);

        var charts = shown.Displays.Where(each => each.Data!.ContainsKey("application/vnd.plotly.v1+json")).Select(each => each.Data!["application/vnd.plotly.v1+json"]!).ToList();
        var expected = shown.Displays.Where(each => each.Data!.ContainsKey("application/json")).Select(each => each.Data!["application/json"]!).ToList();
        Assert.Equal(5, charts.Count);
        Assert.All(charts.Zip(expected), pair => Assert.Equal(Sorted(pair.Second), Sorted(pair.First)));
    }

    private static string Sorted(JsonNode node) => node switch
    {
        JsonObject item => $"{{{string.Join(",", item.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"\"{each.Key}\":{(each.Value is null ? "null" : Sorted(each.Value))}"))}}}",
        JsonArray list => $"[{string.Join(",", list.Select(each => each is null ? "null" : Sorted(each)))}]",
        JsonValue value when value.TryGetValue<double>(out var number) => number.ToString(CultureInfo.InvariantCulture),
        _ => node.ToJsonString(),
    };
}

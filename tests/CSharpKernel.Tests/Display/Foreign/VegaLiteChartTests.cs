using System.Text.Json.Nodes;
using CSharpKernel.Display.Foreign;

namespace CSharpKernel.Tests.Display.Foreign;

public sealed class VegaLiteChartTests
{
    [Theory]
    [InlineData("""{"type":"scatter","mode":"lines","x":[1,2],"y":[3,4]}""", "line", "quantitative")]
    [InlineData("""{"type":"scatter","mode":"markers","x":["2024-01-01","2024-01-02"],"y":[3,4]}""", "point", "temporal")]
    [InlineData("""{"type":"bar","x":["a","b"],"y":[3,4]}""", "bar", "nominal")]
    [InlineData("""{"type":"histogram","x":[3,4,4]}""", "bar", "quantitative")]
    [InlineData("""{"type":"heatmap","z":[[1,2],[3,4]]}""", "rect", "ordinal")]
    public void The_common_kinds_of_charts_are_translated(string trace, string mark, string type)
    {
        var layer = Create(trace)!["layer"]![0]!;
        Assert.Equal(mark, (string)layer["mark"]!["type"]!);
        Assert.Equal(type, (string)layer["encoding"]!["x"]!["type"]!);
        Assert.NotEmpty(layer["data"]!["values"]!.AsArray());
    }

    [Fact]
    public void Names_and_titles_are_kept()
    {
        var chart = VegaLiteChart.TryCreate(JsonNode.Parse(
            """{"data":[{"type":"scatter","name":"a","y":[1]},{"type":"scatter","name":"b","y":[2]}],"layout":{"title":{"text":"T"},"yaxis":{"title":"loss","type":"log"}}}""")!.AsObject())!;
        Assert.Equal("T", (string)chart["title"]!);
        Assert.Equal(["a", "b"], chart["layer"]!.AsArray().Select(layer => (string)layer!["encoding"]!["color"]!["datum"]!));
        Assert.Equal(("loss", "log"), ((string)chart["layer"]![0]!["encoding"]!["y"]!["title"]!, (string)chart["layer"]![0]!["encoding"]!["y"]!["scale"]!["type"]!));
    }

    [Theory]
    [InlineData("""{"type":"scatter3d","x":[1],"y":[1],"z":[1]}""")]
    [InlineData("""{"type":"scatter","x":[1],"y":[1],"xaxis":"x2"}""")]
    [InlineData("""{"type":"scatter","x":{"bdata":"AA==","dtype":"i1"},"y":[1]}""")]
    [InlineData("""{"type":"heatmap","z":[1,2]}""")]
    public void Other_kinds_are_left_to_Plotly(string trace) => Assert.Null(Create(trace));

    [Fact]
    public void A_figure_without_data_is_left_to_Plotly() => Assert.Null(VegaLiteChart.TryCreate([]));

    private static JsonObject? Create(string trace) => VegaLiteChart.TryCreate(new JsonObject { ["data"] = new JsonArray(JsonNode.Parse(trace)) });
}

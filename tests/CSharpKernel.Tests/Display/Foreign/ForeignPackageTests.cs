namespace CSharpKernel.Tests.Display.Foreign;

/// <summary>Values of packages that the kernel does not reference.</summary>
public sealed class ForeignPackageTests : IDisposable
{
    private readonly Notebook _notebook = new();

    [Fact]
    public async Task A_frame_is_a_table_with_an_index()
    {
        var shown = (await _notebook.RunWellAsync(
            """
            #r "nuget: Microsoft.Data.Analysis, 0.23.1"
            using Microsoft.Data.Analysis;
            var frame = new DataFrame(
                new Int32DataFrameColumn("A", Enumerable.Range(0, 30).Select(n => n == 1 ? (int?)null : n)),
                new StringDataFrameColumn("B", Enumerable.Range(0, 30).Select(n => "x<" + n)));
            frame
            """)).Result;

        Assert.StartsWith("<table><thead><tr><th></th><th>A</th><th>B</th></tr></thead><tbody><tr><th>0</th><td>0</td><td>x&lt;0</td></tr><tr><th>1</th><td>&lt;null&gt;</td><td>x&lt;1</td></tr>", (string)shown["text/html"]!, StringComparison.Ordinal);
        Assert.Contains("… 10 more", (string)shown["text/html"]!, StringComparison.Ordinal);
        Assert.StartsWith("    A       B", (string)shown["text/plain"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JSON_of_Newtonsoft_is_shown_as_JSON()
    {
        var shown = (await _notebook.RunWellAsync(
            """
            #r "nuget: Newtonsoft.Json, 13.0.4"
            using Newtonsoft.Json.Linq;
            display(new { J = JArray.Parse("[1]"), V = new JValue("v") });
            JObject.Parse("{\"a\":[1,\"x\"]}")
            """));

        Assert.Equal("{\n  \"a\": [\n    1,\n    \"x\"\n  ]\n}", shown.ResultText.ReplaceLineEndings("\n"));
        Assert.Equal("""{"a":[1,"x"]}""", shown.Result["application/json"]!.ToJsonString());
        Assert.Contains("<td>V</td><td>v</td>", (string)shown.Displays[^1].Data!["text/html"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_of_a_frame_is_a_table_too() =>
        Assert.Equal("   A\n-  -\n0  1\n1  2", (await _notebook.RunWellAsync(
            """
            #r "nuget: Microsoft.Data.Analysis, 0.23.1"
            new Microsoft.Data.Analysis.Int32DataFrameColumn("A", new[] { 1, 2 })
            """)).ResultText);

    [Fact]
    public async Task Data_of_MLNET_and_its_preview_are_tables()
    {
        var cell = await _notebook.RunWellAsync(
            """
            #r "nuget: Microsoft.ML, 5.0.1"
            using Microsoft.ML;
            using Microsoft.ML.Data;
            class Row { public float X { get; set; } public string Name { get; set; } = "a"; [VectorType(2)] public float[] V { get; set; } = [1, 2]; }
            var data = new MLContext(1).Data.LoadFromEnumerable(Enumerable.Range(0, 30).Select(i => new Row { X = i }));
            display(data.Preview(2));
            data
            """);
        Assert.Equal("   X  Name  V\n-  -  ----  --------\n0  0  a     [ 1, 2 ]\n1  1  a     [ 1, 2 ]", (string)cell.Displays[^1].Data!["text/plain"]!);
        Assert.Contains("<tr><th>19</th><td>19</td><td>a</td><td>[ 1, 2 ]</td></tr></tbody></table><p>… more</p>", (string)cell.Result["text/html"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plot_of_ScottPlot_is_a_picture()
    {
        var cell = await _notebook.RunWellAsync(
            """
            #r "nuget: ScottPlot, 5.1.59"
            var plot = new ScottPlot.Plot();
            plot.Add.Scatter(new double[] { 1, 2, 3 }, new double[] { 2, 3, 4 });
            display(plot.GetImage(40, 30));
            plot
            """);
        Assert.StartsWith("iVBORw0KGgo", (string)cell.Result["image/png"]!, StringComparison.Ordinal);
        Assert.StartsWith("iVBORw0KGgo", (string)cell.Displays[^1].Data!["image/png"]!, StringComparison.Ordinal);
        Assert.StartsWith("Image of 40 × 30, ", (string)cell.Displays[^1].Data!["text/plain"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_Spectre_draws_is_drawn_and_what_it_writes_is_readable()
    {
        var cell = await _notebook.RunWellAsync(
            """
            #r "nuget: Spectre.Console, 0.57.2"
            using Spectre.Console;
            AnsiConsole.MarkupLine("[red]red[/]");
            new Panel("[bold]x[/]")
            """);
        Assert.Equal("red\n", cell.Stdout);
        Assert.Equal("┌───┐\n│ x │\n└───┘", cell.ResultText.ReplaceLineEndings("\n"));
        Assert.Contains("│ x │", (string)cell.Result["text/html"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chart_of_XPlot_is_the_figure_that_it_draws()
    {
        var cell = await _notebook.RunWellAsync(
            """
            #r "nuget: XPlot.Plotly, 4.1.0"
            var chart = XPlot.Plotly.Chart.Line(new[] { 1, 2 });
            display(chart);
            chart.WithTitle("T");
            chart
            """);
        Assert.Equal("Chart: scatter of 2 points", (string)cell.Displays[^1].Data!["text/plain"]!);
        Assert.Equal("Chart \"T\": scatter of 2 points", cell.ResultText);
        Assert.Equal("""{"data":[{"type":"scatter","y":[1,2]}],"layout":{"title":"T"}}""", cell.Result["application/vnd.plotly.v1+json"]!.ToJsonString());
    }

    public void Dispose() => _notebook.Dispose();
}

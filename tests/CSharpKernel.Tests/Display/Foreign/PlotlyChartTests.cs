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
}

namespace CSharpKernel.Tests.Packages;

/// <summary>Packages as they are published: with native libraries, and with parts made for the old kernel.</summary>
public sealed class RealPackageTests : IDisposable
{
    private readonly Notebook _notebook = new();

    public void Dispose() => _notebook.Dispose();

    [Theory]
    [InlineData("#r \"nuget: Microsoft.Data.Sqlite, 10.0.15\"", "using Microsoft.Data.Sqlite;\nvar connection = new SqliteConnection(\"Data Source=:memory:\"); connection.Open();\nvar command = connection.CreateCommand(); command.CommandText = \"select 6 * 7\"; command.ExecuteScalar()", "42")]
    [InlineData("#r \"nuget: SkiaSharp, 3.119.4\"\n#r nuget: SkiaSharp.NativeAssets.Linux.NoDependencies, 3.119.4", "using SkiaSharp;\nvar bitmap = new SKBitmap(4, 4); bitmap.Erase(SKColors.Red); bitmap.GetPixel(1, 1).ToString()", "#ffff0000")]
    [InlineData("#r \"nuget: Microsoft.ML.OnnxRuntime, 1.31.1\"", "new Microsoft.ML.OnnxRuntime.SessionOptions().GraphOptimizationLevel.ToString()", "ORT_ENABLE_ALL")]
    public async Task A_native_library_is_loaded(string lines, string code, string result) =>
        Assert.Equal(result, (await _notebook.RunWellAsync($"{lines}\n{code}")).ResultText);

    [Fact]
    public async Task A_package_made_for_the_old_kernel_restores_and_shows_its_chart()
    {
        await _notebook.RunWellAsync("#r \"nuget: Plotly.NET.Interactive, 6.0.0\"");
        var cell = await _notebook.RunWellAsync("#r \"nuget: Plotly.NET.CSharp, 0.14.0\"\nusing Plotly.NET;\nPlotly.NET.CSharp.Chart.Line<int, int, string>(x: new[] { 1, 2 }, y: new[] { 3, 4 })");
        Assert.Contains(cell.Result, shown => shown.Key == "text/html" || shown.Key.Contains("plotly", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_package_that_dotnet_has_taken_over_is_used_in_place_of_dotnet()
    {
        await _notebook.RunWellAsync("new[] { 1 }.ToAsyncEnumerable()");
        var cell = await _notebook.RunWellAsync("#r \"nuget: System.Linq.Async, 6.0.1\"\nawait new[] { 1, 2 }.ToAsyncEnumerable().SelectAwait(async x => { await Task.Yield(); return x + 1; }).SumAsync()");
        Assert.Equal("5", cell.ResultText);
        // All of .NET is looked through for a name that is not known, and does not bring the other one back.
        await _notebook.RunAsync("nobodyKnowsThis");
        Assert.Equal("3", (await _notebook.RunWellAsync("await new[] { 1, 2 }.ToAsyncEnumerable().SumAsync()")).ResultText);
    }

    [Fact]
    public async Task The_json_library_that_the_old_kernel_had_at_hand_needs_no_package_and_gives_way_to_one()
    {
        Assert.Equal("1", (await _notebook.RunWellAsync("using Newtonsoft.Json.Linq;\nJObject.Parse(\"{\\\"a\\\":1}\")[\"a\"]")).ResultText);
        await _notebook.RunWellAsync("var parsed = JObject.Parse(\"{}\");");
        Assert.Equal("0", (await _notebook.RunWellAsync("JObject again = parsed; again.Count")).ResultText);
        await _notebook.RunWellAsync("#r \"nuget: Newtonsoft.Json, 13.0.1\"\nNewtonsoft.Json.JsonConvert.SerializeObject(1)");
        using var other = new Notebook();
        await other.RunWellAsync("using Newtonsoft.Json;");
        Assert.Equal("13.0.0.0", (await other.RunWellAsync("#r \"nuget: Newtonsoft.Json\"\ntypeof(JsonConvert).Assembly.GetName().Version!.ToString()")).ResultText);
        Assert.Contains("newtonsoft.json", (await other.RunWellAsync("typeof(JsonConvert).Assembly.Location")).ResultText, StringComparison.Ordinal);
    }
}

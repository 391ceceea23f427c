using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CSharpKernel.Display.Foreign;

/// <summary>
/// Shows charts of Plotly.NET and of XPlot without a reference to them: as the data of the chart, which front ends draw with the
/// plotly.js they bring; where possible in Vega-Lite, which JupyterLab draws by itself; and in words.
/// </summary>
internal static class PlotlyChart
{
    private const string ChartType = "Plotly.NET.GenericChart";
    private const string XPlotType = "XPlot.Plotly.PlotlyChart";
    private static readonly string[] PointLists = ["y", "x", "values", "z"];
    private static readonly ConcurrentDictionary<Type, Func<object, JsonObject>?> Writers = new();

    /// <summary>Whether values of a type are charts.</summary>
    public static bool Is(Type type) => Writers.GetOrAdd(type, FindWriter) is not null;

    /// <summary>Reads a chart.</summary>
    /// <returns>Null when the value is no chart.</returns>
    public static DisplayBundle? TryRead(object value)
    {
        if (Writers.GetOrAdd(value.GetType(), FindWriter) is not { } writer)
            return null;
        var figure = writer(value);
        var data = new Dictionary<string, object> { [MimeTypes.Plotly] = figure };
        if (VegaLiteChart.TryCreate(figure) is { } chart)
            data[MimeTypes.VegaLite] = chart;
        data[MimeTypes.Plain] = Describe(figure);
        return new DisplayBundle(data);
    }

    private static Func<object, JsonObject>? FindWriter(Type type)
    {
        for (var current = type; current is not null; current = current.BaseType)
            if (current.FullName == ChartType)
                return PlotlyJson.TryCreate(current) is { } json ? json.Write : LibraryWriter(current);
            else if (current.FullName == XPlotType && current.GetMethod("GetInlineJS", []) is { } script)
                return value => ReadScript((string)script.Invoke(value, BindingFlags.DoNotWrapExceptions, null, null, null)!);
        return null;
    }

    private static Func<object, JsonObject>? LibraryWriter(Type chart) =>
        chart.GetMethod("toFigureJson", BindingFlags.Static | BindingFlags.Public) is { } writer
            ? value => JsonNode.Parse((string)writer.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [value], null)!)!.AsObject()
            : null;

    // XPlot tells its figure only as the script that draws it: var data = […]; var layout = {…}.
    private static JsonObject ReadScript(string script)
    {
        JsonNode? Part(string name) =>
            script.IndexOf($"var {name} = ", StringComparison.Ordinal) is var start and >= 0 ? ReadFirst(script[(start + name.Length + "var  = ".Length)..]) : null;
        return new JsonObject { ["data"] = Part("data") as JsonArray ?? [], ["layout"] = Part("layout") as JsonObject ?? [] };
    }

    private static JsonNode? ReadFirst(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        return JsonNode.Parse(ref reader);
    }

    private static string Describe(JsonObject figure)
    {
        var traces = figure["data"]?.AsArray().OfType<JsonObject>().Select(DescribeTrace).ToList() ?? [];
        var title = figure["layout"]?["title"] switch
        {
            JsonObject named => named["text"]?.ToString(),
            JsonValue text => text.ToString(),
            _ => null,
        };
        return $"Chart{(title is null ? "" : $" \"{title}\"")}: {string.Join("; ", traces)}";
    }

    private static string DescribeTrace(JsonObject trace)
    {
        var kind = trace["type"]?.ToString() ?? "scatter";
        if (kind == "scatter" && trace["mode"]?.ToString().Contains("lines", StringComparison.Ordinal) == true)
            kind = "line";
        var points = PointLists.Select(name => (trace[name] as JsonArray)?.Count).FirstOrDefault(count => count is not null) ?? 0;
        var name = trace["name"] is { } given ? $" {given}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{kind}{name} of {points} points");
    }
}

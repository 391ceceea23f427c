using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CSharpKernel.Display.Foreign;

/// <summary>
/// Draws the common kinds of Plotly charts in Vega-Lite, which JupyterLab draws by itself, where Plotly needs an extension.
/// Other kinds are left to those who draw Plotly.
/// </summary>
internal static class VegaLiteChart
{
    private const int PointLimit = 5000;
    private const int Width = 480;
    private const int Height = 300;

    /// <summary>Translates a figure.</summary>
    /// <returns>Null when it has anything that Vega-Lite does not draw alike.</returns>
    public static JsonObject? TryCreate(JsonObject figure)
    {
        var traces = (figure["data"] as JsonArray)?.OfType<JsonObject>().Where(trace => trace["visible"]?.ToString() is not ("false" or "legendonly")).ToList() ?? [];
        var layout = figure["layout"] as JsonObject ?? [];
        if (traces.Count == 0 || traces.Exists(trace => trace["xaxis"] is not null and not JsonValue || (trace["xaxis"]?.ToString() ?? "x") != "x" || (trace["yaxis"]?.ToString() ?? "y") != "y"))
            return null;
        var layers = new JsonArray();
        var points = 0;
        foreach (var trace in traces)
        {
            if (Layer(trace, layout, named: traces.Count > 1) is not { } layer || (traces.Count > 1 && Kind(trace) is "pie" or "heatmap"))
                return null;
            points += ((JsonArray)layer["data"]!["values"]!).Count;
            layers.Add(layer);
        }

        if (points > PointLimit)
            return null;
        var chart = new JsonObject { ["$schema"] = "https://vega.github.io/schema/vega-lite/v5.json", ["width"] = Width, ["height"] = Height };
        if (Title(layout["title"]) is { } title)
            chart["title"] = title;
        chart["layer"] = layers;
        return chart;
    }

    private static string Kind(JsonObject trace) => trace["type"]?.ToString() ?? "scatter";

    private static JsonObject? Layer(JsonObject trace, JsonObject layout, bool named)
    {
        var isFlat = trace["orientation"]?.ToString() == "h";
        return Kind(trace) switch
        {
            "scatter" or "scattergl" => Points(trace, layout, named, ScatterMark(trace)),
            "bar" => Points(trace, layout, named, new JsonObject { ["type"] = "bar", ["tooltip"] = true, ["orient"] = isFlat ? "horizontal" : "vertical" }),
            "histogram" => Histogram(trace, layout, named),
            "pie" => Pie(trace),
            "heatmap" => Heatmap(trace, layout),
            _ => null,
        };
    }

    private static JsonObject ScatterMark(JsonObject trace)
    {
        var mode = trace["mode"]?.ToString() ?? "lines";
        var isFilled = trace["fill"]?.ToString() is { Length: > 0 } and not "none";
        var mark = new JsonObject { ["type"] = isFilled ? "area" : mode.Contains("lines", StringComparison.Ordinal) ? "line" : "point", ["tooltip"] = true };
        if (mark["type"]!.ToString() == "point")
            mark["filled"] = true;
        else if (mode.Contains("markers", StringComparison.Ordinal))
            mark["point"] = true;
        return mark;
    }

    private static JsonObject? Points(JsonObject trace, JsonObject layout, bool named, JsonObject mark)
    {
        var ys = trace["y"] as JsonArray;
        var xs = trace["x"] as JsonArray;
        if ((xs ?? ys) is not { } some || (trace["x"] is not null && xs is null) || (trace["y"] is not null && ys is null))
            return null;
        var count = Math.Min(xs?.Count ?? some.Count, ys?.Count ?? some.Count);
        var rows = Enumerable.Range(0, count).Select(index => new JsonObject
        {
            ["x"] = xs is null ? index : xs[index]?.DeepClone(),
            ["y"] = ys is null ? index : ys[index]?.DeepClone(),
            ["i"] = index,
        });
        var encoding = new JsonObject { ["x"] = Axis("x", xs, layout["xaxis"]), ["y"] = Axis("y", ys, layout["yaxis"]) };
        // Bars and areas start at zero.
        if (mark["type"]!.ToString() is "bar" or "area")
            foreach (var axis in encoding.Select(each => each.Value!.AsObject()).Where(axis => axis["scale"]?["zero"] is not null))
                axis.Remove("scale");
        // A line goes through its points in their own order, not in that of x.
        else if (mark["type"]!.ToString() == "line")
            encoding["order"] = new JsonObject { ["field"] = "i", ["type"] = "quantitative" };
        return Finish(trace, named, mark, encoding, rows);
    }

    private static JsonObject? Histogram(JsonObject trace, JsonObject layout, bool named)
    {
        if (trace["x"] is not JsonArray values)
            return null;
        var x = Axis("x", values, layout["xaxis"]);
        if (x["type"]!.ToString() == "quantitative")
            x["bin"] = new JsonObject { ["maxbins"] = 30 };
        var y = new JsonObject { ["aggregate"] = "count", ["title"] = Title((layout["yaxis"] as JsonObject)?["title"]) ?? "count" };
        return Finish(trace, named, new JsonObject { ["type"] = "bar", ["tooltip"] = true }, new JsonObject { ["x"] = x, ["y"] = y },
            values.Select(value => new JsonObject { ["x"] = value?.DeepClone() }));
    }

    private static JsonObject? Pie(JsonObject trace)
    {
        if (trace["values"] is not JsonArray values)
            return null;
        var labels = trace["labels"] as JsonArray;
        var encoding = new JsonObject
        {
            ["theta"] = new JsonObject { ["field"] = "value", ["type"] = "quantitative" },
            ["color"] = new JsonObject { ["field"] = "label", ["type"] = "nominal", ["title"] = null },
        };
        var hole = trace["hole"] is JsonValue part && part.TryGetValue<double>(out var share) ? share : 0;
        return Finish(trace, named: false, new JsonObject { ["type"] = "arc", ["tooltip"] = true, ["innerRadius"] = hole * Height / 2 }, encoding,
            values.Select((value, index) => new JsonObject { ["value"] = value?.DeepClone(), ["label"] = index < labels?.Count ? labels[index]?.DeepClone() : index.ToString(CultureInfo.InvariantCulture) }));
    }

    private static JsonObject? Heatmap(JsonObject trace, JsonObject layout)
    {
        if (trace["z"] is not JsonArray lines || lines.Any(line => line is not JsonArray))
            return null;
        var (xs, ys) = (trace["x"] as JsonArray, trace["y"] as JsonArray);
        var rows = lines.SelectMany((line, y) => line!.AsArray().Select((value, x) => new JsonObject
        {
            ["x"] = x < xs?.Count ? xs[x]?.DeepClone() : x,
            ["y"] = y < ys?.Count ? ys[y]?.DeepClone() : y,
            ["z"] = value?.DeepClone(),
        }));
        var (xAxis, yAxis) = (Axis("x", xs, layout["xaxis"]), Axis("y", ys, layout["yaxis"]));
        xAxis["type"] = "ordinal";
        yAxis["type"] = "ordinal";
        xAxis.Remove("scale");
        yAxis.Remove("scale");
        yAxis["sort"] = "descending";
        return Finish(trace, named: false, new JsonObject { ["type"] = "rect", ["tooltip"] = true },
            new JsonObject { ["x"] = xAxis, ["y"] = yAxis, ["color"] = new JsonObject { ["field"] = "z", ["type"] = "quantitative", ["title"] = null } }, rows);
    }

    private static JsonObject Finish(JsonObject trace, bool named, JsonObject mark, JsonObject encoding, IEnumerable<JsonObject> rows)
    {
        if (((trace["marker"] as JsonObject)?["color"] ?? (trace["line"] as JsonObject)?["color"]) is JsonValue color && color.GetValueKind() == JsonValueKind.String)
            mark["color"] = color.DeepClone();
        else if (named && trace["name"] is { } name)
            encoding["color"] = new JsonObject { ["datum"] = name.ToString() };
        return new JsonObject { ["data"] = new JsonObject { ["values"] = new JsonArray([.. rows]) }, ["mark"] = mark, ["encoding"] = encoding };
    }

    private static JsonObject Axis(string field, JsonArray? values, JsonNode? layout)
    {
        var settings = layout as JsonObject;
        var type = values is null || values.All(value => value is null || value.GetValueKind() == JsonValueKind.Number) ? "quantitative"
            : values.All(value => value is null || (value.GetValueKind() == JsonValueKind.String && DateTime.TryParse(value.ToString(), CultureInfo.InvariantCulture, out _) && value.ToString().Contains('-', StringComparison.Ordinal))) ? "temporal"
            : "nominal";
        var axis = new JsonObject { ["field"] = field, ["type"] = type, ["title"] = Title(settings?["title"]) ?? field };
        if (type == "nominal")
            axis["sort"] = null;
        if (type == "quantitative")
            axis["scale"] = settings?["type"]?.ToString() == "log" ? new JsonObject { ["type"] = "log" } : new JsonObject { ["zero"] = false };
        return axis;
    }

    private static string? Title(JsonNode? title) => title switch
    {
        JsonObject named => named["text"]?.ToString(),
        JsonValue text => text.ToString(),
        _ => null,
    };
}

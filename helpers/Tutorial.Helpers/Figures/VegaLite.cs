using System.Text.Json.Nodes;
using Tutorial.Helpers.Drawing;

namespace Tutorial.Helpers;

/// <summary>Parts of a Vega-Lite 5 specification (https://vega.github.io/vega-lite/docs/spec.html) with its data inside, so that it works offline.</summary>
internal static class VegaLite
{
    public static JsonObject Chart(string title, string description, JsonArray rows) => new()
    {
        ["$schema"] = "https://vega.github.io/schema/vega-lite/v5.json",
        ["title"] = title,
        ["description"] = description,
        ["background"] = Palette.Paper,
        ["width"] = 520,
        ["height"] = 260,
        ["data"] = new JsonObject { ["values"] = rows },
    };

    public static JsonObject Field(string name, string type, string title, bool zero = true)
    {
        var field = new JsonObject { ["field"] = name, ["type"] = type, ["title"] = title };
        if (!zero)
            field["scale"] = new JsonObject { ["zero"] = false };
        return field;
    }

    /// <summary>One colour of the palette per series, with a legend where there are several.</summary>
    public static JsonObject Colour(IReadOnlyList<string> names)
    {
        var colour = new JsonObject
        {
            ["field"] = "series",
            ["type"] = "nominal",
            ["title"] = null,
            ["scale"] = new JsonObject
            {
                ["domain"] = new JsonArray([.. names.Select(name => JsonValue.Create(name))]),
                ["range"] = new JsonArray([.. names.Select((_, index) => JsonValue.Create(Palette.Colour(index)))]),
            },
        };
        if (names.Count == 1)
            colour["legend"] = null;
        return colour;
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Formatting.TabularData;

namespace CSharpKernel.Display;

/// <summary>Writes tables as JSON (Frictionless Data, "Tabular Data Resource").</summary>
internal static class TabularJson
{
    private static readonly JsonSerializerOptions Options = Indented();

    /// <summary>The JSON of a table.</summary>
    public static string Write(TabularDataResource resource)
    {
        var fields = resource.Schema.Fields.Select(field =>
        {
            var described = new JsonObject { ["name"] = field.Name, ["type"] = field.Type.ToString().ToLowerInvariant() };
            if (field.Description is not null)
                described["description"] = field.Description;
            if (field.Format is not null)
                described["format"] = field.Format;
            return (JsonNode)described;
        });
        var rows = resource.Data.Select(row => (JsonNode)new JsonObject(row.Select(cell => KeyValuePair.Create(cell.Key, JsonSerializer.SerializeToNode(cell.Value, Options)))));
        return new JsonObject
        {
            ["profile"] = resource.Profile,
            ["schema"] = new JsonObject { ["primaryKey"] = new JsonArray([.. resource.Schema.PrimaryKey.Select(key => JsonValue.Create(key))]), ["fields"] = new JsonArray([.. fields]) },
            ["data"] = new JsonArray([.. rows]),
        }.ToJsonString(Options);
    }

    private static JsonSerializerOptions Indented()
    {
        var options = JsonText.CreateOptions();
        options.WriteIndented = true;
        return options;
    }
}

using System.Text.Json.Nodes;

namespace MLflowSharp.Server.GraphQL;

/// <summary>A field that a query asks for.</summary>
/// <param name="Alias">What it is called in the answer.</param>
/// <param name="Name">Its name.</param>
/// <param name="Fields">What is asked for inside it; empty for a plain value.</param>
internal sealed record SelectedField(string Alias, string Name, IReadOnlyList<SelectedField> Fields)
{
    /// <summary>Takes what is asked for out of a value; what the value does not have is null.</summary>
    public static JsonNode? Select(JsonNode? value, IReadOnlyList<SelectedField> fields)
    {
        switch (value)
        {
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Select(item, fields))]);
            case JsonObject whole when fields.Count > 0:
                var selected = new JsonObject();
                foreach (var field in fields)
                    selected[field.Alias] = Select(whole[field.Name], field.Fields);
                return selected;
            default:
                return value?.DeepClone();
        }
    }
}

using System.Text.Json.Nodes;

namespace NotebookTestRunner.Comparison;

/// <summary>Compares views of widgets. Their content is the number of a model, which is another in each run.</summary>
internal static class WidgetComparer
{
    public static void Compare(string where, JsonNode? stored, JsonNode? now, ComparisonRecord found)
    {
        if (stored is JsonObject && now is JsonObject) found.Notes.Add($"{where}: compared by its presence; the state of the widget is not stored in the notebook");
        else found.AddIfAny(where, stored?.ToJsonString() == now?.ToJsonString() ? null : "what is stored or shown is no view of a widget");
    }
}

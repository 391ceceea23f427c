using System.Text.Json.Nodes;
using NotebookTestRunner.Notebooks;
using NotebookTestRunner.Widgets;

namespace NotebookTestRunner.Comparison;

/// <summary>
/// Compares views of widgets. What is stored is the number of a model, another one in each run; so the models are compared: all that
/// the notebook stores of their state, and of the models they refer to.
/// </summary>
internal sealed class WidgetComparer(WidgetModels? stored, WidgetModels? now, TextComparer text)
{
    private const string Reference = "IPY_MODEL_";

    /// <summary>Compares two views.</summary>
    public void Compare(string where, JsonNode? storedView, JsonNode? nowView, ComparisonRecord found)
    {
        if (ModelId(storedView) is not { } storedId || ModelId(nowView) is not { } nowId)
            found.AddIfAny(where, JsonNode.DeepEquals(storedView, nowView) ? null : "what is stored or shown is no view of a widget: it names no model");
        else if (stored?.Find(storedId) is null)
            found.Notes.Add($"{where}: compared by its presence, because the notebook stores no state of the widget");
        else if (now?.Find(nowId) is null)
            found.Notes.Add($"{where}: compared by its presence, because the kernel told no state of the widget");
        else
            found.AddIfAny(where, Models(storedId, nowId, "the widget", []));
    }

    private static string? ModelId(JsonNode? view) => view is JsonObject members ? MultilineText.TryJoin(members["model_id"]) : null;

    private string? Models(string storedId, string nowId, string path, HashSet<string> visited)
    {
        if (!visited.Add(storedId)) return null;
        if (stored!.Find(storedId) is not { } before) return null;
        if (now!.Find(nowId) is not { } after) return $"{path}: stored, but no longer there";
        foreach (var (key, value) in before)
        {
            // Versions of libraries, and how many views there are, are no state of the notebook's.
            if (key.EndsWith("_version", StringComparison.Ordinal) || key == "_view_count") continue;
            if (!after.ContainsKey(key)) return $"{path}.{key}: stored, but no longer there";
            if (Values(value, after[key], $"{path}.{key}", visited) is { } difference) return difference;
        }
        return null;
    }

    private string? Values(JsonNode? before, JsonNode? after, string path, HashSet<string> visited)
    {
        if (Referred(before) is { } storedId && Referred(after) is { } nowId) return Models(storedId, nowId, path, visited);
        if (before is JsonArray old && after is JsonArray fresh && old.Count == fresh.Count)
            return old.Zip(fresh).Select((pair, i) => Values(pair.First, pair.Second, $"{path}[{i}]", visited)).FirstOrDefault(found => found is not null);
        return JsonComparer.Difference(before, after, text, path);
    }

    private static string? Referred(JsonNode? value) =>
        MultilineText.TryJoin(value) is { } name && value is JsonValue && name.StartsWith(Reference, StringComparison.Ordinal) ? name[Reference.Length..] : null;
}

using System.Text.Json.Nodes;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Widgets;

/// <summary>A widget as the front end holds it (https://github.com/jupyter-widgets/ipywidgets/blob/main/packages/schema/messages.md).</summary>
/// <param name="CommId">Its comm.</param>
/// <param name="State">Its state; changed as messages come.</param>
internal sealed record WidgetModel(string CommId, JsonObject State)
{
    // What a reader sees of a widget and would call it by.
    private static readonly string[] NameKeys = ["description", "title", "tooltip", "placeholder"];

    public string Kind => (Text("_model_name") ?? "").Replace("Model", "", StringComparison.Ordinal);

    /// <summary>Names it can be called by: what it is labelled with, the text it shows, its kind.</summary>
    public IEnumerable<string> Names =>
        [.. NameKeys.Append(Kind is "Label" or "HTML" or "HTMLMath" ? "value" : "description").Select(Text).OfType<string>().Where(name => name.Length > 0), Kind];

    public string? Text(string key) => MultilineText.TryJoin(State[key]);

    /// <summary>What it shows, as text.</summary>
    public string Shown => State["value"] switch
    {
        null => Selected ?? Text("description") ?? "",
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        var value => value.ToJsonString(),
    };

    /// <summary>The state that a user's choice of a value makes.</summary>
    /// <exception cref="NotebookRunException">It has no such choice.</exception>
    public JsonObject Choose(string value)
    {
        if (State["_options_labels"] is JsonArray labels)
        {
            var index = labels.Select(MultilineText.TryJoin).ToList().IndexOf(value);
            if (index < 0) throw new NotebookRunException($"it offers no {value}, but {string.Join(", ", labels.Select(MultilineText.TryJoin))}");
            return new JsonObject { ["index"] = State["index"] is JsonArray ? new JsonArray(index) : index };
        }
        var node = Kind is "Text" or "Textarea" or "Password" or "Combobox" || State["value"] is JsonValue current && current.TryGetValue<string>(out _) ? value : Json(value);
        if (node is JsonValue number && number.TryGetValue<double>(out var wanted)) CheckRange(wanted);
        return new JsonObject { ["value"] = node };
    }

    private string? Selected =>
        State["_options_labels"] is JsonArray labels && State["index"] is JsonValue value && value.TryGetValue<int>(out var index) && index >= 0 && index < labels.Count
            ? MultilineText.TryJoin(labels[index])
            : null;

    internal static JsonNode? Json(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return text;
        }
    }

    private void CheckRange(double wanted)
    {
        if (Number("min") > wanted || Number("max") < wanted)
            throw new NotebookRunException(FormattableString.Invariant($"it goes from {Number("min")} to {Number("max")}, and no user can move it to {wanted}"));
    }

    private double? Number(string key) => State[key] is JsonValue value && value.TryGetValue<double>(out var number) ? number : null;
}

using System.Text.Json.Nodes;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Outputs;

/// <summary>
/// The models of a notebook's widgets by their numbers, as <c>metadata.widgets</c> stores them or as comm messages make them. See
/// https://ipywidgets.readthedocs.io/en/stable/embedding.html and the widget messaging protocol, version 2.
/// </summary>
internal sealed class WidgetStates
{
    private const string StateType = "application/vnd.jupyter.widget-state+json";

    private readonly Dictionary<string, JsonObject> models = [];

    /// <summary>How many messages have changed the models.</summary>
    public int Changes { get; private set; }

    /// <summary>The models a notebook stores; none when it stores no state.</summary>
    public static WidgetStates Stored(JsonObject metadata)
    {
        var states = new WidgetStates();
        if (metadata["widgets"] is not JsonObject widgets || widgets[StateType] is not JsonObject stored || stored["state"] is not JsonObject models) return states;
        foreach (var (id, model) in models)
        {
            if (model is not JsonObject description || description["state"] is not JsonObject state) continue;
            var copy = (JsonObject)state.DeepClone();
            // The name stands beside the state, unless a front end left defaults in.
            if (!copy.ContainsKey("_model_name") && description["model_name"] is { } name) copy["_model_name"] = name.DeepClone();
            states.models[id] = copy;
        }
        return states;
    }

    /// <summary>The state of a model, or null.</summary>
    public JsonObject? Find(string id) => models.GetValueOrDefault(id);

    /// <summary>Takes a comm message of the kernel.</summary>
    public void Take(string messageType, JsonObject content)
    {
        if (MultilineText.TryJoin(content["comm_id"]) is not { } id || content["data"] is not JsonObject data || data["state"] is not JsonObject state) return;
        if (messageType == "comm_open" && MultilineText.TryJoin(content["target_name"]) == "jupyter.widget") models[id] = [];
        if (!models.TryGetValue(id, out var model)) return;
        Changes++;
        foreach (var (key, value) in state) model[key] = value?.DeepClone();
    }
}

using System.Text.Json.Nodes;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Widgets;

/// <summary>
/// The models of a notebook's widgets by their numbers, as <c>metadata.widgets</c> stores them or as a kernel's comm messages and its user make them.
/// See https://ipywidgets.readthedocs.io/en/stable/embedding.html and the widget messaging protocol, version 2. Safe from several threads.
/// </summary>
internal sealed class WidgetModels
{
    private const string StateType = "application/vnd.jupyter.widget-state+json";
    private const string Target = "jupyter.widget";

    private readonly Lock gate = new();
    private readonly Dictionary<string, WidgetModel> models = [];
    private readonly HashSet<string> closed = [];
    private int changes;

    /// <summary>Raised after a message has changed the models, on the thread that brought it.</summary>
    public event Action? Changed;

    /// <summary>How often the models have changed.</summary>
    public int Changes => Volatile.Read(ref changes);

    /// <summary>The models a notebook stores; none when it stores no state.</summary>
    public static WidgetModels Stored(JsonObject metadata)
    {
        var stored = new WidgetModels();
        if (metadata["widgets"] is not JsonObject widgets || widgets[StateType] is not JsonObject section || section["state"] is not JsonObject models) return stored;
        foreach (var (id, model) in models)
        {
            if (model is not JsonObject description || description["state"] is not JsonObject state) continue;
            var copy = (JsonObject)state.DeepClone();
            // The name stands beside the state, unless a front end left defaults in.
            if (!copy.ContainsKey("_model_name") && description["model_name"] is { } name) copy["_model_name"] = name.DeepClone();
            stored.models[id] = new(id, copy);
        }
        return stored;
    }

    /// <summary>The state of a model as it is now, or null. That of a closed one stays: what it showed is still to be compared.</summary>
    public JsonObject? Find(string id)
    {
        lock (gate) return models.TryGetValue(id, out var model) ? (JsonObject)model.State.DeepClone() : null;
    }

    /// <summary>Looks at the models that are open, while nothing changes them.</summary>
    public T Look<T>(Func<IReadOnlyList<WidgetModel>, T> look)
    {
        lock (gate) return look([.. models.Values.Where(model => !closed.Contains(model.CommId))]);
    }

    /// <summary>Takes a message of the kernel; those that are not about widgets are ignored.</summary>
    public void Take(string messageType, JsonObject content)
    {
        if (MultilineText.TryJoin(content["comm_id"]) is not { } id || !TryTake(messageType, id, content)) return;
        Changed?.Invoke();
    }

    /// <summary>Changes a model as a user does, on this side.</summary>
    public void Change(WidgetModel model, JsonObject update)
    {
        lock (gate) Merge(model, update);
    }

    private bool TryTake(string messageType, string id, JsonObject content)
    {
        lock (gate)
        {
            if (messageType == "comm_close") return models.ContainsKey(id) && closed.Add(id);
            if (content["data"] is not JsonObject data || data["state"] is not JsonObject state) return false;
            if (messageType == "comm_open" && MultilineText.TryJoin(content["target_name"]) == Target)
            {
                models[id] = new(id, []);
                closed.Remove(id);
            }
            if (!models.TryGetValue(id, out var model)) return false;
            Merge(model, state);
            return true;
        }
    }

    private void Merge(WidgetModel model, JsonObject update)
    {
        changes++;
        foreach (var (key, value) in update) model.State[key] = value?.DeepClone();
    }
}

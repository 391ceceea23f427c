using System.Text.Json.Nodes;
using CSharpKernel.Comms;

namespace CSharpKernel.Tests.Widgets;

/// <summary>A page with a notebook in this process: it keeps the models of widgets as JavaScript does, and plays the reader.</summary>
public sealed class FrontEnd : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, JsonObject> _models = [];
    private readonly List<CommEnvelope> _messages = [];
    private readonly Notebook _notebook = new();

    /// <summary>Something was shown below a cell.</summary>
    public event Action? Shown;

    internal Notebook Notebook => _notebook;

    /// <summary>Every message of a comm that the kernel sent, answers included.</summary>
    internal IReadOnlyList<CommEnvelope> Messages
    {
        get
        {
            lock (_lock)
                return [.. _messages];
        }
    }

    internal async Task<Output> RunAsync(string code, bool hasReader = true, CancellationToken? interrupt = null) =>
        await _notebook.RunAsync(code, new Output { OnSent = Take, HasReader = hasReader, OnShown = () => Shown?.Invoke() }, interrupt ?? TestContext.Current.CancellationToken);

    internal async Task<Output> RunWellAsync(string code)
    {
        var output = await RunAsync($"using CSharpKernel.Widgets; using CSharpKernel.Comms;\n{code}");
        Assert.True(output.Outcome.Error is null, output.Outcome.Error is null ? "" : output.Traceback);
        return output;
    }

    /// <summary>The id of the only open model of a class.</summary>
    public string Find(string modelName)
    {
        lock (_lock)
            return Assert.Single(_models, model => (string?)model.Value["_model_name"] == modelName).Key;
    }

    /// <summary>The state of a model.</summary>
    public JsonObject State(string id)
    {
        lock (_lock)
            return _models[id].DeepClone().AsObject();
    }

    public int Count
    {
        get
        {
            lock (_lock)
                return _models.Count;
        }
    }

    public Task ChangeAsync(string id, string key, JsonNode? value) =>
        SendAsync(CommEnvelope.Message, id, new JsonObject { ["method"] = "update", ["state"] = new JsonObject { [key] = value }, ["buffer_paths"] = new JsonArray() });

    public Task EventAsync(string id, string name) =>
        SendAsync(CommEnvelope.Message, id, new JsonObject { ["method"] = "custom", ["content"] = new JsonObject { ["event"] = name } });

    public Task OpenAsync(string id, string target, JsonNode? data = null)
    {
        var envelope = CommEnvelope.For(CommEnvelope.Open, id, data);
        envelope.Content["target_name"] = target;
        return _notebook.Engine.Comms.ReceiveAsync(envelope, Take);
    }

    public Task SendAsync(string type, string id, JsonNode? data, params byte[][] buffers) =>
        _notebook.Engine.Comms.ReceiveAsync(CommEnvelope.For(type, id, data, null, buffers), Take);

    internal Task SendAsync(CommEnvelope envelope) => _notebook.Engine.Comms.ReceiveAsync(envelope, Take);

    public void Dispose() => _notebook.Dispose();

    private void Take(CommEnvelope envelope)
    {
        lock (_lock)
        {
            _messages.Add(envelope);
            var id = envelope.CommId!;
            if (envelope.Type == CommEnvelope.Close)
                _models.Remove(id);
            else if ((envelope.Content["data"] as JsonObject)?["state"] is JsonObject state && (envelope.Type == CommEnvelope.Open || _models.ContainsKey(id)))
                Merge(_models.TryGetValue(id, out var model) ? model : _models[id] = [], state);
        }
    }

    private void Merge(JsonObject model, JsonObject state)
    {
        foreach (var (key, value) in state)
        {
            // JavaScript looks up the models that a state names, and fails on those it does not know.
            foreach (var each in value as JsonArray ?? [value?.DeepClone()])
            {
                if (each is JsonValue text && text.TryGetValue<string>(out var name) && name.StartsWith("IPY_MODEL_", StringComparison.Ordinal))
                    Assert.True(_models.ContainsKey(name["IPY_MODEL_".Length..]), $"{key} names a model that was not opened.");
            }

            model[key] = value?.DeepClone();
        }
    }
}

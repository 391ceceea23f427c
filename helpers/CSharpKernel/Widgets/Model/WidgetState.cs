using System.Text.Json.Nodes;

namespace CSharpKernel.Widgets.Model;

/// <summary>A widget's state, or a part of it, as it travels: JSON, and behind it the binary values with their places.</summary>
internal sealed class WidgetState
{
    private readonly JsonObject _json = [];
    private readonly List<string> _binary = [];
    private readonly List<byte[]> _buffers = [];

    /// <summary>The binary values.</summary>
    public IReadOnlyList<byte[]> Buffers => _buffers;

    /// <summary>Takes the values of properties.</summary>
    public static WidgetState Of(IEnumerable<WidgetProperty> properties)
    {
        var state = new WidgetState();
        foreach (var property in properties)
        {
            if (property.Write() is JsonValue value && value.TryGetValue<byte[]>(out var bytes))
            {
                state._binary.Add(property.Key);
                state._buffers.Add(bytes);
            }
            else
            {
                state._json[property.Key] = property.Write();
            }
        }

        return state;
    }

    /// <summary>Takes the values of properties to tell the front end, which knows them from then on.</summary>
    public static WidgetState Update(List<WidgetProperty> changed)
    {
        foreach (var property in changed)
            property.IsDirty = false;
        return Of(changed);
    }

    /// <summary>Puts binary values that came behind a message where they belong; places that do not exist are left out.</summary>
    public static JsonObject PutBuffers(JsonObject state, JsonNode? paths, IReadOnlyList<byte[]> buffers)
    {
        foreach (var (path, buffer) in (paths as JsonArray ?? []).Zip(buffers))
        {
            if (path is JsonArray { Count: 1 } place && place[0] is JsonValue name && name.TryGetValue<string>(out var key))
                state[key] = JsonValue.Create(buffer);
        }

        return state;
    }

    /// <summary>Adds the names of the JavaScript classes.</summary>
    public void AddNames(ModelNames names)
    {
        _json["_model_module"] = names.Module;
        _json["_model_module_version"] = names.Version;
        _json["_model_name"] = names.Model;
        _json["_view_module"] = names.ViewModule;
        _json["_view_module_version"] = names.Version;
        _json["_view_name"] = names.View;
    }

    /// <summary>The data of a comm's message.</summary>
    /// <param name="method">What the message does; null when it opens the comm.</param>
    public JsonObject ToData(string? method = null)
    {
        var data = new JsonObject { ["state"] = _json.DeepClone(), ["buffer_paths"] = Paths() };
        if (method is not null)
            data["method"] = method;
        return data;
    }

    /// <summary>The state's JSON.</summary>
    public JsonNode ToJson() => _json.DeepClone();

    /// <summary>Where the binary values belong.</summary>
    /// <param name="before">What stands before each place.</param>
    public JsonArray Paths(params string[] before) =>
        new([.. _binary.Select(key => new JsonArray([.. before.Append(key).Select(step => JsonValue.Create(step))]))]);
}

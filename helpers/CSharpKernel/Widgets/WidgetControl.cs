using System.Text.Json.Nodes;
using CSharpKernel.Comms;

namespace CSharpKernel.Widgets;

/// <summary>Tells a page that is opened anew of the widgets there are (ipywidgets: the comm target <c>jupyter.widget.control</c>, version 1.0.0).</summary>
internal static class WidgetControl
{
    private const string Target = "jupyter.widget.control";

    /// <summary>Answers on the comms of one kernel.</summary>
    public static void Register(CommRegistry comms) =>
        comms.RegisterService(Target, (id, message, reply) =>
        {
            if (message.Data is JsonObject data && data["method"] is JsonValue method && method.TryGetValue<string>(out var name) && name == "request_states")
                reply(Describe(id, comms.Open.Select(comm => comm.Owner).OfType<Widget>()));
        });

    private static CommEnvelope Describe(string id, IEnumerable<Widget> widgets)
    {
        var states = new JsonObject();
        var paths = new JsonArray();
        var buffers = new List<byte[]>();
        foreach (var widget in widgets)
        {
            var state = widget.FullState();
            states[widget.ModelId] = new JsonObject
            {
                ["model_name"] = widget.Names.Model,
                ["model_module"] = widget.Names.Module,
                ["model_module_version"] = widget.Names.Version,
                ["state"] = state.ToJson(),
            };
            foreach (var path in state.Paths(widget.ModelId))
                paths.Add(path!.DeepClone());
            buffers.AddRange(state.Buffers);
        }

        var data = new JsonObject { ["method"] = "update_states", ["states"] = states, ["buffer_paths"] = paths };
        return CommEnvelope.For(CommEnvelope.Message, id, data, null, buffers);
    }
}

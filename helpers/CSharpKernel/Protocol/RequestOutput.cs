using System.Text.Json.Nodes;
using CSharpKernel.Comms;
using CSharpKernel.Display;
using CSharpKernel.Execution;
using JupyterProtocol.Server;

namespace CSharpKernel.Protocol;

/// <summary>Sends a cell's output to the front ends, as belonging to the request that runs the cell.</summary>
internal sealed class RequestOutput(KernelRequest request, int number, bool isSilent) : ICellOutput
{
    public void WriteStream(string name, string text)
    {
        if (!isSilent)
            request.Publish("stream", new JsonObject { ["name"] = name, ["text"] = text });
    }

    public void Display(DisplayBundle bundle, string displayId, bool update)
    {
        if (!isSilent)
            request.Publish(update ? "update_display_data" : "display_data", new JsonObject
            {
                ["data"] = bundle.ToJson(),
                ["metadata"] = new JsonObject(),
                ["transient"] = new JsonObject { ["display_id"] = displayId },
            });
    }

    public void Result(DisplayBundle bundle)
    {
        if (!isSilent)
            request.Publish("execute_result", new JsonObject
            {
                ["execution_count"] = number,
                ["data"] = bundle.ToJson(),
                ["metadata"] = new JsonObject(),
            });
    }

    // Also of a silent cell: it shows nothing, but what it changes is changed everywhere.
    public void Send(CommEnvelope envelope) => request.Publish(envelope.Type, envelope.Content, envelope.Metadata, envelope.Buffers);

    public bool HasReader => request.Content["allow_stdin"] is not JsonValue allowed || !allowed.TryGetValue<bool>(out var isAllowed) || isAllowed;
    public void Clear(bool wait)
    {
        if (!isSilent)
            request.Publish("clear_output", new JsonObject { ["wait"] = wait });
    }

    public IDisposable LetCommsPass() => request.LetCommsPass();

    public Task<string> ReadInputAsync(string prompt, bool password, CancellationToken cancellationToken) =>
        request.InputAsync(prompt, password, cancellationToken);
}

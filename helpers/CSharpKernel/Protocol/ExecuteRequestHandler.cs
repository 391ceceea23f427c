using System.Text.Json.Nodes;
using CSharpKernel.Execution;
using JupyterProtocol.Server;

namespace CSharpKernel.Protocol;

/// <summary>Runs cells (https://jupyter-client.readthedocs.io/en/stable/messaging.html#execute).</summary>
internal sealed class ExecuteRequestHandler(CSharpEngine engine, HistoryLog history)
{
    private readonly Lock _lock = new();
    private CancellationTokenSource? _running;
    private int _count;

    /// <summary>The number of cells that were run.</summary>
    public int Count => _count;

    /// <summary>Interrupts the cell that runs now, if one does.</summary>
    public void Interrupt()
    {
        lock (_lock)
            _running?.Cancel();
    }

    /// <summary>Answers an <c>execute_request</c>.</summary>
    public async Task<JsonObject> HandleAsync(KernelRequest request, CancellationToken cancellationToken)
    {
        var content = request.Content;
        var code = Read<string>(content, "code") ?? "";
        var isSilent = Read<bool?>(content, "silent") ?? false;
        var isStored = !isSilent && (Read<bool?>(content, "store_history") ?? true);
        var number = isStored ? ++_count : Math.Max(_count, 1);
        if (!isSilent)
            request.Publish("execute_input", new JsonObject { ["code"] = code, ["execution_count"] = number });
        if (isStored)
            history.Add(number, code);

        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        lock (_lock)
            _running = interrupt;
        try
        {
            var output = new RequestOutput(request, number, isSilent);
            var outcome = await engine.ExecuteAsync(code, number, output, interrupt.Token);
            if (outcome.Error is { } error)
            {
                var reply = Describe(error);
                if (!isSilent)
                    request.Publish("error", Describe(error));
                reply["status"] = "error";
                reply["execution_count"] = number;
                return reply;
            }

            return new JsonObject
            {
                ["status"] = "ok",
                ["execution_count"] = number,
                ["payload"] = new JsonArray(),
                ["user_expressions"] = await EvaluateAsync(content["user_expressions"] as JsonObject, output, interrupt.Token),
            };
        }
        finally
        {
            lock (_lock)
                _running = null;
        }
    }

    private static JsonObject Describe(CellError error) => new()
    {
        ["ename"] = error.Name,
        ["evalue"] = error.Value,
        ["traceback"] = new JsonArray([.. error.Traceback.Select(line => JsonValue.Create(line))]),
    };

    private static T? Read<T>(JsonObject content, string name) =>
        content[name] is JsonValue value && value.TryGetValue<T>(out var found) ? found : default;

    private async Task<JsonObject> EvaluateAsync(JsonObject? expressions, RequestOutput output, CancellationToken cancellationToken)
    {
        var values = new JsonObject();
        foreach (var (name, expression) in expressions ?? [])
        {
            var (value, error) = await engine.EvaluateAsync(expression?.ToString() ?? "", output, cancellationToken);
            var described = error is null ? new JsonObject { ["data"] = value!.ToJson(), ["metadata"] = new JsonObject() } : Describe(error);
            described["status"] = error is null ? "ok" : "error";
            values[name] = described;
        }

        return values;
    }
}

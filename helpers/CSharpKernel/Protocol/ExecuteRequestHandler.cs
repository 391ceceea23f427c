using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CSharpKernel.Execution;
using CSharpKernel.Lifetime;
using CSharpKernel.Magics;
using JupyterProtocol.Messages;
using JupyterProtocol.Server;

namespace CSharpKernel.Protocol;

/// <summary>Runs cells (https://jupyter-client.readthedocs.io/en/stable/messaging.html#execute).</summary>
internal sealed class ExecuteRequestHandler(CSharpEngine engine, HistoryLog history, KernelLifetime lifetime)
{
    private readonly RunningCells _running = new();
    private readonly ConcurrentDictionary<string, Shell> _subshells = new();
    private int _count;

    /// <summary>Interrupts what runs now, if anything does.</summary>
    public void Interrupt() => _running.Interrupt();

    /// <summary>Answers an <c>execute_request</c>.</summary>
    public async Task<JsonObject> HandleAsync(KernelRequest request, CancellationToken cancellationToken)
    {
        var content = request.Content;
        var code = content.Read<string>("code") ?? "";
        var isSilent = content.Read<bool?>("silent") ?? false;
        var isStored = !isSilent && (content.Read<bool?>("store_history") ?? true);
        var number = isStored ? Interlocked.Increment(ref _count) : Math.Max(_count, 1);
        if (!isSilent)
            request.Publish("execute_input", new JsonObject { ["code"] = code, ["execution_count"] = number });
        if (isStored)
            history.Add(number, code);

        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var shell = ShellOf(request, cancellationToken);
        using var running = _running.Begin(request.SubshellId, interrupt);
        using var open = lifetime.Cells.Begin(request.Message.Header, number, code);
        var output = new RequestOutput(request, number, isSilent);
        if (!isSilent && lifetime.Notice.TakeText() is { } notice)
            output.WriteStream("stderr", notice);
        var executing = engine.ExecuteAsync(MagicRegistry.In(CellLanguage.Of(request.Message.Metadata), code), number, output, interrupt.Token, shell);
        var outcome = await Task.WhenAny(executing, open.CutOff) == executing ? await executing : new CellOutcome(await open.CutOff);
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
            ["user_expressions"] = await EvaluateAsync(content["user_expressions"] as JsonObject, output, shell, interrupt.Token),
        };
    }

    private Shell ShellOf(KernelRequest request, CancellationToken deleted)
    {
        if (request.SubshellId is not { } id)
            return engine.MainShell;
        var shell = new Shell();
        if (!_subshells.TryAdd(id, shell))
            return _subshells[id];
        // Only forgotten, not disposed: its last cell may still be ending.
        deleted.Register(() => _subshells.TryRemove(id, out _));
        return shell;
    }

    private static JsonObject Describe(CellError error) => new()
    {
        ["ename"] = error.Name,
        ["evalue"] = error.Value,
        ["traceback"] = new JsonArray([.. error.Traceback.Select(line => JsonValue.Create(line))]),
    };

    private async Task<JsonObject> EvaluateAsync(JsonObject? expressions, RequestOutput output, Shell shell, CancellationToken cancellationToken)
    {
        var values = new JsonObject();
        foreach (var (name, expression) in expressions ?? [])
        {
            var (value, error) = await engine.EvaluateAsync(expression?.ToString() ?? "", output, cancellationToken, shell);
            var described = error is null ? new JsonObject { ["data"] = value!.ToJson(), ["metadata"] = new JsonObject() } : Describe(error);
            described["status"] = error is null ? "ok" : "error";
            values[name] = described;
        }

        return values;
    }
}

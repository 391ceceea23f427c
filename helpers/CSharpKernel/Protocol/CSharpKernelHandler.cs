using System.Text.Json.Nodes;
using CSharpKernel.Cells;
using CSharpKernel.Comms;
using CSharpKernel.Completion;
using CSharpKernel.Execution;
using CSharpKernel.Lifetime;
using JupyterProtocol.Messages;
using JupyterProtocol.Server;

namespace CSharpKernel.Protocol;

/// <summary>Answers Jupyter's requests with the engine.</summary>
/// <param name="engine">Runs the cells.</param>
/// <param name="lifetime">Knows which of them run.</param>
/// <param name="ready">What the first cell waits for; null for nothing.</param>
internal sealed class CSharpKernelHandler(CSharpEngine engine, KernelLifetime lifetime, Task? ready = null) : IKernelHandler
{
    private static readonly TimeSpan HelpLimit = TimeSpan.FromSeconds(10);

    private readonly HistoryLog _history = new();
    private readonly CodeAssistant _assistant = new(engine);
    private ExecuteRequestHandler? _execute;

    private ExecuteRequestHandler Execute => LazyInitializer.EnsureInitialized(ref _execute, () => new ExecuteRequestHandler(engine, _history, lifetime));

    public bool HasSubshells => true;

    /// <summary>Interrupts the cell that runs now, if one does; its state is kept.</summary>
    public void Interrupt()
    {
        Execute.Interrupt();
        engine.Interrupts.Interrupt();
    }

    public async Task<JsonObject?> HandleAsync(KernelRequest request, CancellationToken cancellationToken)
    {
        switch (request.MessageType)
        {
            case "kernel_info_request":
                return KernelInformation.Create();
            case "execute_request":
                if (ready is not null)
                    await ready;
                return await Execute.HandleAsync(request, cancellationToken);
            case "complete_request":
                return await HelpAsync(token => Complete(request.Content, token), NothingToComplete(), cancellationToken);
            case "inspect_request":
                return await HelpAsync(token => Inspect(request.Content, token), NothingFound(), cancellationToken);
            case "is_complete_request":
                return await HelpAsync(_ => IsComplete(Code(request.Content)), new JsonObject { ["status"] = "unknown" }, cancellationToken);
            case "history_request":
                return _history.Answer(request.Content);
            case "comm_info_request":
                return engine.Comms.Describe(request.Content["target_name"] is JsonValue name && name.TryGetValue<string>(out var target) ? target : null);
            case CommEnvelope.Open or CommEnvelope.Message or CommEnvelope.Close:
                await engine.Comms.ReceiveAsync(
                    new CommEnvelope(request.MessageType, request.Content, request.Message.Metadata, request.Message.Buffers),
                    reply => request.Publish(reply.Type, reply.Content, reply.Metadata, reply.Buffers));
                return null;
            case "interrupt_request":
                Interrupt();
                return new JsonObject { ["status"] = "ok" };
            case "shutdown_request":
                lifetime.Dispose();
                return new JsonObject { ["status"] = "ok", ["restart"] = request.Content.Read<bool>("restart") };
            default:
                return null;
        }
    }

    /// <summary>
    /// Helps somebody who types. There is code that keeps the compiler busy for minutes, and some that it cannot take: then there is
    /// no help, and no cell has to wait for it.
    /// </summary>
    private static async Task<JsonObject> HelpAsync(Func<CancellationToken, JsonObject> help, JsonObject none, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(HelpLimit);
        var token = patience.Token;
        try
        {
            return await Task.Run(() => help(token), token).WaitAsync(token);
        }
        catch (Exception e) when (e is NestingException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return none;
        }
    }

    private static JsonObject NothingToComplete() =>
        new() { ["status"] = "ok", ["matches"] = new JsonArray(), ["cursor_start"] = 0, ["cursor_end"] = 0, ["metadata"] = new JsonObject() };

    private static JsonObject NothingFound() =>
        new() { ["status"] = "ok", ["found"] = false, ["data"] = new JsonObject(), ["metadata"] = new JsonObject() };

    private JsonObject Complete(JsonObject content, CancellationToken cancellationToken)
    {
        var code = Code(content);
        var found = _assistant.Complete(code, Cursor(content, code), cancellationToken);
        var (start, end) = (CodePoints(code, found.Start), CodePoints(code, found.End));
        return new JsonObject
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([.. found.Matches.Select(match => JsonValue.Create(match.Text))]),
            ["cursor_start"] = start,
            ["cursor_end"] = end,
            ["metadata"] = new JsonObject
            {
                ["_jupyter_types_experimental"] = new JsonArray([.. found.Matches.Select(match => new JsonObject
                {
                    ["text"] = match.Text, ["type"] = match.Kind, ["signature"] = match.Signature, ["start"] = start, ["end"] = end,
                })]),
            },
        };
    }

    private JsonObject Inspect(JsonObject content, CancellationToken cancellationToken)
    {
        var code = Code(content);
        var found = _assistant.Inspect(code, Cursor(content, code), content.Read<int?>("detail_level") == 1, cancellationToken);
        return new JsonObject
        {
            ["status"] = "ok",
            ["found"] = found is not null,
            ["data"] = found?.ToJson() ?? [],
            ["metadata"] = new JsonObject(),
        };
    }

    private JsonObject IsComplete(string code)
    {
        var (status, indent) = CompletenessCheck.Judge(code, engine.Magics.TakesText);
        var reply = new JsonObject { ["status"] = status };
        if (status == "incomplete")
            reply["indent"] = indent;
        return reply;
    }

    private static string Code(JsonObject content) => content.Read<string>("code") ?? "";

    // Jupyter counts Unicode code points; .NET counts UTF-16 units.
    private static int Cursor(JsonObject content, string code)
    {
        var points = content.Read<int?>("cursor_pos") ?? int.MaxValue;
        var index = 0;
        foreach (var rune in code.EnumerateRunes())
        {
            if (points-- <= 0)
                break;
            index += rune.Utf16SequenceLength;
        }

        return index;
    }

    private static int CodePoints(string code, int index) => code[..index].EnumerateRunes().Count();
}

using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using JupyterProtocol.Server;

namespace JupyterProtocol.Tests.Server;

/// <summary>A kernel whose language is: "print X", "ask X", "wait" (until interrupted), "pass" (until two messages of comms came), "fail", "throw".</summary>
internal sealed class EchoHandler : IKernelHandler
{
    private TaskCompletionSource _interrupted = new();

    public TaskCompletionSource Waiting { get; } = new();

    private readonly ConcurrentQueue<string> _comms = new();
    private readonly TaskCompletionSource _twoCame = new();

    /// <summary>The messages of comms so far.</summary>
    public IEnumerable<string> Comms => _comms;

    public bool HasSubshells => true;

    public async Task<JsonObject?> HandleAsync(KernelRequest request, CancellationToken cancellationToken)
    {
        switch (request.MessageType)
        {
            case "kernel_info_request":
                return new JsonObject { ["status"] = "ok", ["implementation"] = "echo" };
            case "interrupt_request":
                _interrupted.TrySetResult();
                return new JsonObject { ["status"] = "ok" };
            case "shutdown_request":
                return new JsonObject { ["status"] = "ok", ["restart"] = request.Content["restart"]!.GetValue<bool>() };
            case "execute_request":
                return await ExecuteAsync(request, request.Content["code"]!.GetValue<string>(), cancellationToken);
            case "comm_msg":
                _comms.Enqueue(request.Content["comm_id"]!.GetValue<string>());
                if (_comms.Count == 2)
                    _twoCame.SetResult();
                return null;
            default:
                return null;
        }
    }

    private async Task<JsonObject> ExecuteAsync(KernelRequest request, string code, CancellationToken cancellationToken)
    {
        if (code.StartsWith("print ", StringComparison.Ordinal))
            request.Publish("stream", new JsonObject { ["name"] = "stdout", ["text"] = code[6..] });
        if (code.StartsWith("ask ", StringComparison.Ordinal))
            request.Publish("stream", new JsonObject { ["name"] = "stdout", ["text"] = await request.InputAsync(code[4..], password: false, cancellationToken) });
        if (code == "wait")
        {
            _interrupted = new TaskCompletionSource();
            Waiting.TrySetResult();
            await _interrupted.Task.WaitAsync(cancellationToken);
        }

        if (code == "pass")
        {
            Waiting.TrySetResult();
            using (request.LetCommsPass())
                await _twoCame.Task.WaitAsync(cancellationToken);
        }

        if (code == "throw")
            throw new InvalidDataException("the handler broke");
        return new JsonObject { ["status"] = code == "fail" ? "error" : "ok" };
    }
}

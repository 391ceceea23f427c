using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using JupyterProtocol.Messages;

namespace JupyterProtocol.Server;

/// <summary>
/// The shells of a kernel: the main one, and those that front ends ask for so that something is answered while a cell runs
/// (https://jupyter.org/enhancement-proposals/91-kernel-subshells/kernel-subshells.html). Each has a queue and a worker of its own.
/// </summary>
internal sealed class Subshells(Func<RequestWorker> create, Outbox outbox, CancellationToken stopping)
{
    // What a front end needs is a handful; each costs a queue.
    private const int Limit = 1000;

    private readonly RequestWorker _main = create();
    private readonly ConcurrentDictionary<string, (RequestWorker Worker, CancellationTokenSource Deleted)> _others = new();

    /// <summary>Answers what is sent to the main shell, until the kernel stops.</summary>
    public Task RunMainAsync() => _main.RunAsync(stopping);

    /// <summary>Hands a request to its shell.</summary>
    public void Add(Message request)
    {
        var id = request.Header.SubshellId;
        var isThere = id is null ? _main.TryAdd(request) : _others.TryGetValue(id, out var subshell) && subshell.Worker.TryAdd(request);
        if (!isThere && !stopping.IsCancellationRequested)
            outbox.Refuse(ServerChannel.Shell, request, Unknown(id));
    }

    /// <summary>Answers <c>create_subshell_request</c>.</summary>
    public JsonObject Create()
    {
        if (_others.Count >= Limit)
            return Outbox.Error("TooManySubshells", $"There are {Limit} subshells already: delete those that are not needed.");
        var id = Guid.NewGuid().ToString();
        var deleted = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var worker = create();
        _others[id] = (worker, deleted);
        _ = Task.Run(() => worker.RunAsync(deleted.Token), CancellationToken.None);
        return new JsonObject { ["status"] = "ok", ["subshell_id"] = id };
    }

    /// <summary>Answers <c>delete_subshell_request</c>; what runs in the subshell is stopped.</summary>
    public JsonObject Delete(JsonObject content)
    {
        var id = content.Read<string>("subshell_id");
        if (id is null || !_others.TryRemove(id, out var subshell))
            return Unknown(id);
        subshell.Deleted.Cancel();
        return new JsonObject { ["status"] = "ok" };
    }

    /// <summary>Answers <c>list_subshell_request</c>.</summary>
    public JsonObject List() => new()
    {
        ["status"] = "ok",
        ["subshell_id"] = new JsonArray([.. _others.Keys.Select(id => JsonValue.Create(id))]),
    };

    private static JsonObject Unknown(string? id) =>
        Outbox.Error("UnknownSubshellError", $"This kernel has no subshell '{id}'. Create one with create_subshell_request, or leave subshell_id out of the header.");
}

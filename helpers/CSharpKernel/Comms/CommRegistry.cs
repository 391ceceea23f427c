using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CSharpKernel.Execution;

namespace CSharpKernel.Comms;

/// <summary>
/// The comms that are open, and the targets that the front end may open. Messages may come on several threads: while a cell runs they
/// come on a subshell of their own.
/// </summary>
internal sealed class CommRegistry
{
    private readonly ConcurrentDictionary<string, Comm> _open = new();
    private readonly ConcurrentDictionary<string, (CellContext Home, Action<Comm, CommMessage> Opened)> _targets = new();

    /// <summary>The kernel's own targets, whose handlers are no code of the notebook.</summary>
    private readonly ConcurrentDictionary<string, Action<string, CommMessage, Action<CommEnvelope>>> _services = new();
    private readonly ConcurrentDictionary<string, Action<string, CommMessage, Action<CommEnvelope>>> _openServices = new();

    /// <summary>The comms that are open.</summary>
    public IEnumerable<Comm> Open => _open.Values;

    /// <summary>Lets the front end open comms of a target.</summary>
    public void Register(string targetName, CellContext home, Action<Comm, CommMessage> opened) => _targets[targetName] = (home, opened);

    /// <summary>Lets the front end open comms of a target that the kernel itself answers.</summary>
    /// <param name="targetName">The target's name.</param>
    /// <param name="answer">Gets the comm's id and each message, and what sends an answer. It must not throw, whatever the message holds.</param>
    public void RegisterService(string targetName, Action<string, CommMessage, Action<CommEnvelope>> answer) => _services[targetName] = answer;

    /// <summary>Forgets a target.</summary>
    public void Unregister(string targetName) => _targets.TryRemove(targetName, out _);

    /// <summary>Adds a comm that was opened.</summary>
    public void Add(Comm comm) => _open[comm.Id] = comm;

    /// <summary>Removes a comm that was closed.</summary>
    public void Remove(Comm comm) => _open.TryRemove(new(comm.Id, comm));

    /// <summary>Answers a <c>comm_info_request</c>.</summary>
    /// <param name="targetName">Only comms of this target, when given.</param>
    public JsonObject Describe(string? targetName)
    {
        var comms = new JsonObject();
        foreach (var comm in _open.Values.Where(comm => targetName is null || comm.TargetName == targetName))
            comms[comm.Id] = new JsonObject { ["target_name"] = comm.TargetName };
        return new JsonObject { ["status"] = "ok", ["comms"] = comms };
    }

    /// <summary>Handles a message of the front end.</summary>
    /// <param name="envelope">The message; one that names no comm, or none that is known, is ignored, as nobody waits for an answer.</param>
    /// <param name="reply">Answers the front end that sent it.</param>
    /// <returns>Completes when what the message started has ended, or has come to wait for something.</returns>
    public async Task ReceiveAsync(CommEnvelope envelope, Action<CommEnvelope> reply)
    {
        if (envelope.CommId is not { } id)
            return;
        var message = CommMessage.Of(envelope);
        if (envelope.Type == CommEnvelope.Open)
            await OpenAsync(id, envelope.TargetName ?? "", message, reply);
        else if (_openServices.TryGetValue(id, out var answer))
            Answer(id, envelope.Type, message, answer, reply);
        else if (!_open.TryGetValue(id, out var comm))
            return;
        else if (envelope.Type == CommEnvelope.Close)
            await comm.ReceiveCloseAsync(message);
        else
            await comm.Receiver(message, reply);
    }

    private void Answer(string id, string type, CommMessage message, Action<string, CommMessage, Action<CommEnvelope>> answer, Action<CommEnvelope> reply)
    {
        if (type == CommEnvelope.Close)
            _openServices.TryRemove(id, out _);
        else
            answer(id, message, reply);
    }

    private async Task OpenAsync(string id, string targetName, CommMessage message, Action<CommEnvelope> reply)
    {
        if (_services.TryGetValue(targetName, out var service))
        {
            _openServices[id] = service;
            return;
        }

        if (!_targets.TryGetValue(targetName, out var target))
        {
            reply(CommEnvelope.For(CommEnvelope.Close, id, null));
            return;
        }

        var comm = new Comm(this, target.Home, targetName, id);
        if (!_open.TryAdd(id, comm))
            return;
        await comm.Queue.RunAsync(() =>
        {
            try
            {
                target.Opened(comm, message);
            }
            catch
            {
                // The reader sees what it threw; the front end must not wait for answers that never come.
                comm.Close();
                throw;
            }
        });
    }
}

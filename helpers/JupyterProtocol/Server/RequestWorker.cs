using System.Text.Json.Nodes;
using System.Threading.Channels;
using JupyterProtocol.Messages;

namespace JupyterProtocol.Server;

/// <summary>Answers the requests of one shell, or of the control channel, one after the other and in order.</summary>
internal sealed class RequestWorker(ServerChannel channel, IKernelHandler handler, Func<Message, KernelRequest> describe, Outbox outbox, TextWriter log)
{
    private readonly Channel<Message> _requests = Channel.CreateUnbounded<Message>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Gets each request whose answer is on its way.</summary>
    public event Action<Message>? Answered;

    /// <summary>Adds a request to those that wait; false when nobody answers any more.</summary>
    public bool TryAdd(Message request) => _requests.Writer.TryWrite(request);

    /// <summary>Answers until it is cancelled; what waits then is told so.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (var message in _requests.Reader.ReadAllAsync(stopping))
                await AnswerOrAbortAsync(message, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The usual end.
            _requests.Writer.TryComplete();
        }

        _requests.Writer.TryComplete();
        while (_requests.Reader.TryRead(out var left))
            Abort(left);
    }

    // What is in the queue is read also when it is too late.
    private async Task AnswerOrAbortAsync(Message message, CancellationToken stopping)
    {
        if (stopping.IsCancellationRequested)
            Abort(message);
        else
            await AnswerAsync(message, stopping);
    }

    private async Task AnswerAsync(Message message, CancellationToken stopping)
    {
        outbox.PublishStatus(message.Header, "busy");
        JsonObject? reply = null;
        var behind = new List<Message>();
        try
        {
            reply = await handler.HandleAsync(describe(message), stopping);
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            reply = Aborted();
        }
        catch (Exception exception)
        {
            log.WriteLine($"{message.MessageType} failed: {exception}");
            reply = Outbox.Error(exception.GetType().Name, exception.Message);
        }
        finally
        {
            // Before the front end learns of the failure: what it sends after that does not stand behind it.
            while (StopsOthers(message, reply) && _requests.Reader.TryRead(out var next))
                behind.Add(next);
            if (reply is not null)
                outbox.Reply(channel, message, reply);
            outbox.PublishStatus(message.Header, "idle");
        }

        Answered?.Invoke(message);
        foreach (var next in behind)
        {
            if (next.MessageType == "execute_request")
                Abort(next);
            else
                await AnswerOrAbortAsync(next, stopping);
        }
    }

    private void Abort(Message message) => outbox.Refuse(channel, message, Aborted());

    private static JsonObject Aborted() => new() { ["status"] = "aborted" };

    private static bool StopsOthers(Message message, JsonObject? reply) =>
        message.MessageType == "execute_request"
        && reply?.Read<string>("status") == "error"
        && message.Content.Read<bool?>("stop_on_error") != false;
}

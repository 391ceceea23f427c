using System.Text.Json.Nodes;
using System.Threading.Channels;
using JupyterProtocol.Messages;

namespace JupyterProtocol.Server;

/// <summary>Answers the requests of one shell, or of the control channel, one after the other and in order.</summary>
internal sealed class RequestWorker(ServerChannel channel, IKernelHandler handler, Func<Message, KernelRequest> describe, Outbox outbox, TextWriter log)
{
    private readonly Channel<Message> _requests = Channel.CreateUnbounded<Message>();
    private readonly Lock _lock = new();
    private Task _passed = Task.CompletedTask;
    private CancellationToken _stopping;
    private int _passing;

    /// <summary>Gets each request whose answer is on its way.</summary>
    public event Action<Message>? Answered;

    /// <summary>Adds a request to those that wait; false when nobody answers any more.</summary>
    public bool TryAdd(Message request)
    {
        lock (_lock)
        {
            if (_passing == 0 || !IsComm(request))
                return _requests.Writer.TryWrite(request);
            Pass(request);
            return true;
        }
    }

    /// <summary>Answers until it is cancelled; what waits then is told so.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (var message in _requests.Reader.ReadAllAsync(stopping))
            {
                // What was let pass came before it.
                await Passed();
                await AnswerOrAbortAsync(message, stopping);
            }
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

    private Task Passed()
    {
        lock (_lock)
            return _passed;
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
            var request = describe(message);
            request.Passing = () => LetCommsPass(stopping);
            reply = await handler.HandleAsync(request, stopping);
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

    private static bool IsComm(Message message) => message.MessageType.StartsWith("comm_", StringComparison.Ordinal) && message.MessageType != "comm_info_request";

    private PassingComms LetCommsPass(CancellationToken stopping)
    {
        lock (_lock)
        {
            _stopping = stopping;
            _passing++;
            var others = new List<Message>();
            while (_requests.Reader.TryRead(out var waiting))
            {
                if (IsComm(waiting))
                    Pass(waiting);
                else
                    others.Add(waiting);
            }

            foreach (var other in others)
                _requests.Writer.TryWrite(other);
        }

        return new PassingComms(this);
    }

    // In order among themselves, and not on the thread that receives.
    private void Pass(Message message)
    {
        var (previous, stopping) = (_passed, _stopping);
        _passed = Task.Run(
            async () =>
            {
                await previous;
                await AnswerOrAbortAsync(message, stopping);
            },
            CancellationToken.None);
    }

    private void Abort(Message message) => outbox.Refuse(channel, message, Aborted());

    private static JsonObject Aborted() => new() { ["status"] = "aborted" };

    private static bool StopsOthers(Message message, JsonObject? reply) =>
        message.MessageType == "execute_request"
        && reply?.Read<string>("status") == "error"
        && message.Content.Read<bool?>("stop_on_error") != false;

    private sealed class PassingComms(RequestWorker worker) : IDisposable
    {
        private int _isOver;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 1)
                return;
            lock (worker._lock)
                worker._passing--;
        }
    }
}

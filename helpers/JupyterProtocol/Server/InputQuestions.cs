using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using JupyterProtocol.Messages;

namespace JupyterProtocol.Server;

/// <summary>The questions that the kernel asked the people at its front ends.</summary>
internal sealed class InputQuestions(ServerSockets sockets, Outbox outbox, TimeProvider time)
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _open = new();

    /// <summary>Asks who sent a request, and waits for the answer.</summary>
    public async Task<string> AskAsync(Message request, string prompt, bool password, CancellationToken cancellationToken)
    {
        var question = new Message
        {
            Identities = request.Identities,
            Header = outbox.Header("input_request"),
            ParentHeader = request.Header,
            Content = new JsonObject { ["prompt"] = prompt, ["password"] = password },
        };
        var answer = _open[question.Header.MessageId] = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            // A front end's channels connect one after the other: a question may come up before the one for questions is there.
            while (!sockets.TrySend(ServerChannel.Stdin, question))
                await Task.Delay(AskAgain, time, cancellationToken);
            return await answer.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            _open.TryRemove(question.Header.MessageId, out _);
        }
    }

    /// <summary>Takes an answer.</summary>
    public void Answer(Message reply)
    {
        if (reply.MessageType != "input_reply")
            return;
        // Some front ends leave the parent header out, or name the cell; only one question can be open then. An answer that names a
        // question which is over comes too late: the next question is not meant.
        var waiting = reply.ParentHeader is { } parent && _open.TryGetValue(parent.MessageId, out var named) ? named
            : reply.ParentHeader?.MessageType == "input_request" ? null
            : _open.Values.FirstOrDefault();
        waiting?.TrySetResult(reply.Content.Read<string>("value") ?? "");
    }
}

using JupyterProtocol.Messages;

namespace JupyterProtocol.Client;

/// <summary>A request on its way: complete when its reply has arrived and, on the shell channel, when its last output has too.</summary>
internal sealed class PendingRequest
{
    private readonly Action<Message>? _published;
    private readonly Func<string, bool, CancellationToken, Task<string>>? _input;
    private readonly CancellationToken _cancellationToken;
    private readonly TaskCompletionSource<Message> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PendingRequest(Action<Message>? published, Func<string, bool, CancellationToken, Task<string>>? input, bool waitForIdle, CancellationToken cancellationToken)
    {
        _published = published;
        _input = input;
        _cancellationToken = cancellationToken;
        if (!waitForIdle)
            _idle.SetResult();
    }

    /// <summary>Called when the reply arrives.</summary>
    public Action? Replied { get; init; }

    public Task<Message> Completion => CompleteAsync();

    public void OnReply(Message message)
    {
        _reply.TrySetResult(message);
        Replied?.Invoke();
    }

    public void OnPublished(Message message)
    {
        try
        {
            _published?.Invoke(message);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }

        if (message.MessageType == "status" && message.Content.Read<string>("execution_state") == "idle")
            _idle.TrySetResult();
    }

    public Task<string> AnswerInputAsync(string prompt, bool password) =>
        _input?.Invoke(prompt, password, _cancellationToken) ?? Task.FromResult("");

    public void Fail(Exception exception)
    {
        _reply.TrySetException(exception);
        _idle.TrySetException(exception);
    }

    private async Task<Message> CompleteAsync()
    {
        await Task.WhenAll(_reply.Task, _idle.Task).WaitAsync(_cancellationToken);
        return await _reply.Task;
    }
}

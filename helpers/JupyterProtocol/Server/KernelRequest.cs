using System.Text.Json.Nodes;
using JupyterProtocol.Messages;

namespace JupyterProtocol.Server;

/// <summary>A request that reached a kernel, and the way back. Its methods may be called from any thread, also after the reply.</summary>
public sealed class KernelRequest
{
    private readonly Outbox _outbox;
    private readonly InputQuestions _questions;

    internal KernelRequest(Message message, Outbox outbox, InputQuestions questions) =>
        (Message, _outbox, _questions) = (message, outbox, questions);

    /// <summary>The request itself.</summary>
    public Message Message { get; }

    /// <summary>Such as <c>execute_request</c>.</summary>
    public string MessageType => Message.MessageType;

    /// <summary>The subshell that answers it; null for the main shell.</summary>
    public string? SubshellId => Message.Header.SubshellId;

    /// <summary>The request's content.</summary>
    public JsonObject Content => Message.Content;

    /// <summary>What <see cref="LetCommsPass"/> does.</summary>
    internal Func<IDisposable>? Passing { get; set; }

    /// <summary>
    /// Lets messages of comms (<c>comm_open</c>, <c>comm_msg</c>, <c>comm_close</c>) that stand behind this request, and those that arrive, be
    /// answered now and not after it. For code that waits for such a message, in front ends that have no subshells.
    /// </summary>
    /// <returns>What ends it when disposed.</returns>
    public IDisposable LetCommsPass() => (Passing ?? throw new InvalidOperationException("The request is not being answered."))();

    /// <summary>Sends a message to all front ends, as belonging to this request.</summary>
    /// <param name="messageType">Such as <c>stream</c> or <c>display_data</c>.</param>
    /// <param name="content">The message's content.</param>
    /// <param name="metadata">Data beside the content, if any.</param>
    /// <param name="buffers">Binary data behind the content, if any.</param>
    public void Publish(string messageType, JsonObject content, JsonObject? metadata = null, IReadOnlyList<byte[]>? buffers = null) =>
        _outbox.Publish(Message.Header, messageType, content, metadata, buffers);

    /// <summary>Asks the person at the front end for a line of text (https://jupyter-client.readthedocs.io/en/stable/messaging.html#messages-on-the-stdin-router-dealer-channel).</summary>
    /// <param name="prompt">What to show.</param>
    /// <param name="password">Whether the answer is hidden while typed.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="InvalidOperationException">The front end does not allow input.</exception>
    public Task<string> InputAsync(string prompt, bool password, CancellationToken cancellationToken = default) =>
        Content.Read<bool?>("allow_stdin") == false
            ? throw new InvalidOperationException("This front end takes no input (allow_stdin is false), as when a notebook runs without a person. Give the value in code instead.")
            : _questions.AskAsync(Message, prompt, password, cancellationToken);
}

using System.Text.Json.Nodes;

namespace JupyterProtocol.Messages;

/// <summary>One message of the Jupyter messaging protocol (https://jupyter-client.readthedocs.io/en/stable/messaging.html#general-message-format).</summary>
public sealed record Message
{
    /// <summary>ZeroMQ's routing frames: whom a router socket answers. On iopub the topic.</summary>
    public IReadOnlyList<byte[]> Identities { get; init; } = [];

    /// <summary>Who, when, what.</summary>
    public required MessageHeader Header { get; init; }

    /// <summary>The header of the request this message belongs to, if any.</summary>
    public MessageHeader? ParentHeader { get; init; }

    /// <summary>Free data beside the content.</summary>
    public JsonObject Metadata { get; init; } = [];

    /// <summary>What the message says; its shape depends on <see cref="MessageHeader.MessageType"/>.</summary>
    public required JsonObject Content { get; init; }

    /// <summary>Binary data behind the content, as widgets use it.</summary>
    public IReadOnlyList<byte[]> Buffers { get; init; } = [];

    /// <summary>The signature it arrived with, in hexadecimal; empty where messages are not signed, and on messages that are not sent yet.</summary>
    internal string Signature { get; init; } = "";

    /// <summary>Shorthand for the header's message type.</summary>
    public string MessageType => Header.MessageType;
}

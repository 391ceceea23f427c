using System.Text;
using System.Text.Json.Nodes;
using JupyterProtocol.Messages;

namespace JupyterProtocol.Server;

/// <summary>Writes a kernel's messages. May be used from any thread.</summary>
internal sealed class Outbox(ServerSockets sockets, TimeProvider time)
{
    private readonly string _session = Guid.NewGuid().ToString("N");

    /// <summary>A header of this kernel.</summary>
    public MessageHeader Header(string messageType) => MessageHeader.Create(messageType, _session, time);

    /// <summary>Sends a message to all front ends.</summary>
    public void Publish(MessageHeader? parent, string messageType, JsonObject content, JsonObject? metadata = null, IReadOnlyList<byte[]>? buffers = null, byte[]? topic = null) =>
        sockets.Publish(new Message
        {
            Identities = [topic ?? Encoding.UTF8.GetBytes(messageType)],
            Header = Header(messageType),
            ParentHeader = parent,
            Metadata = metadata ?? [],
            Content = content,
            Buffers = buffers ?? [],
        });

    /// <summary>Says what the kernel does for a request.</summary>
    public void PublishStatus(MessageHeader? parent, string state) =>
        Publish(parent, "status", new JsonObject { ["execution_state"] = state });

    /// <summary>Answers a request. Messages that are no requests, such as <c>comm_msg</c>, have no answer.</summary>
    public void Reply(ServerChannel channel, Message request, JsonObject content)
    {
        const string Suffix = "_request";
        if (!request.MessageType.EndsWith(Suffix, StringComparison.Ordinal))
            return;
        sockets.TrySend(channel, new Message
        {
            Identities = request.Identities,
            Header = Header(request.MessageType[..^Suffix.Length] + "_reply"),
            ParentHeader = request.Header,
            Content = content,
        });
    }

    /// <summary>Answers a request that is not handled, between busy and idle: front ends wait for both.</summary>
    public void Refuse(ServerChannel channel, Message request, JsonObject content)
    {
        PublishStatus(request.Header, "busy");
        Reply(channel, request, content);
        PublishStatus(request.Header, "idle");
    }

    /// <summary>The content of a reply that says what went wrong.</summary>
    public static JsonObject Error(string name, string value) => new()
    {
        ["status"] = "error",
        ["ename"] = name,
        ["evalue"] = value,
        ["traceback"] = new JsonArray(value),
    };
}

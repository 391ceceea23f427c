using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NetMQ;

namespace JupyterProtocol.Messages;

/// <summary>Messages to and from ZeroMQ frames: identities, <c>&lt;IDS|MSG&gt;</c>, signature, header, parent header, metadata, content, buffers.</summary>
internal static class MessageFraming
{
    private static readonly byte[] Delimiter = Encoding.ASCII.GetBytes("<IDS|MSG>");

    public static NetMQMessage Write(Message message, MessageSigner signer)
    {
        byte[] header = JsonSerializer.SerializeToUtf8Bytes(message.Header, JupyterJsonContext.Default.MessageHeader);
        byte[] parent = message.ParentHeader is null
            ? "{}"u8.ToArray()
            : JsonSerializer.SerializeToUtf8Bytes(message.ParentHeader, JupyterJsonContext.Default.MessageHeader);
        byte[] metadata = JsonSerializer.SerializeToUtf8Bytes(message.Metadata, JupyterJsonContext.Default.JsonObject);
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(message.Content, JupyterJsonContext.Default.JsonObject);

        var frames = new NetMQMessage(message.Identities.Count + 6 + message.Buffers.Count);
        foreach (var identity in message.Identities)
            frames.Append(identity);
        frames.Append(Delimiter);
        frames.Append(signer.Sign(header, parent, metadata, content));
        frames.Append(header);
        frames.Append(parent);
        frames.Append(metadata);
        frames.Append(content);
        foreach (var buffer in message.Buffers)
            frames.Append(buffer);
        return frames;
    }

    /// <exception cref="JupyterProtocolException">The frames are no message, or their signature is wrong.</exception>
    public static Message Read(NetMQMessage frames, MessageSigner signer)
    {
        var parts = frames.Select(frame => frame.ToByteArray()).ToArray();
        var delimiter = Array.FindIndex(parts, part => part.AsSpan().SequenceEqual(Delimiter));
        if (delimiter < 0 || parts.Length < delimiter + 6)
            throw new JupyterProtocolException($"A message of {parts.Length} frames without the delimiter <IDS|MSG> and five parts behind it was dropped; its sender does not speak Jupyter's wire protocol.");

        var (header, parent, metadata, content) = (parts[delimiter + 2], parts[delimiter + 3], parts[delimiter + 4], parts[delimiter + 5]);
        var signature = Encoding.ASCII.GetString(parts[delimiter + 1]);
        if (!signer.Verify(signature, header, parent, metadata, content))
            throw new JupyterProtocolException("A message with a wrong signature was dropped; its sender does not know the key in this kernel's connection file.");

        try
        {
            return new Message
            {
                Identities = parts[..delimiter],
                Signature = signature,
                Header = JsonSerializer.Deserialize(header, JupyterJsonContext.Default.MessageHeader) ?? throw new JsonException("the header is null"),
                ParentHeader = ReadParent(parent),
                Metadata = ReadObject(metadata),
                Content = ReadObject(content),
                Buffers = parts[(delimiter + 6)..],
            };
        }
        catch (JsonException exception)
        {
            throw new JupyterProtocolException($"A message that is not valid JSON was dropped: {exception.Message}", exception);
        }
    }

    private static MessageHeader? ReadParent(byte[] json) =>
        ReadObject(json).ContainsKey("msg_id") ? JsonSerializer.Deserialize(json, JupyterJsonContext.Default.MessageHeader) : null;

    private static JsonObject ReadObject(byte[] json) => JsonNode.Parse(json) as JsonObject ?? [];
}

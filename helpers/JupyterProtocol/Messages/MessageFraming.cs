using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace JupyterProtocol.Messages;

/// <summary>Messages to and from ZeroMQ frames: identities, <c>&lt;IDS|MSG&gt;</c>, signature, header, parent header, metadata, content, buffers.</summary>
internal static class MessageFraming
{
    private static readonly byte[] Delimiter = Encoding.ASCII.GetBytes("<IDS|MSG>");

    // A name that comes twice would be found out only when somebody asks for it, and JSON does not say which of the two is meant.
    private static readonly JsonDocumentOptions Unambiguous = new() { AllowDuplicateProperties = false };

    public static IReadOnlyList<byte[]> Write(Message message, MessageSigner signer)
    {
        byte[] header = JsonSerializer.SerializeToUtf8Bytes(message.Header, JupyterJsonContext.Default.MessageHeader);
        byte[] parent = message.ParentHeader is null
            ? "{}"u8.ToArray()
            : JsonSerializer.SerializeToUtf8Bytes(message.ParentHeader, JupyterJsonContext.Default.MessageHeader);
        byte[] metadata = JsonSerializer.SerializeToUtf8Bytes(message.Metadata, JupyterJsonContext.Default.JsonObject);
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(message.Content, JupyterJsonContext.Default.JsonObject);

        return
        [
            .. message.Identities,
            Delimiter,
            Encoding.ASCII.GetBytes(signer.Sign(header, parent, metadata, content)),
            header,
            parent,
            metadata,
            content,
            .. message.Buffers,
        ];
    }

    /// <exception cref="JupyterProtocolException">The frames are no message, or their signature is wrong.</exception>
    public static Message Read(IReadOnlyList<byte[]> frames, MessageSigner signer)
    {
        var parts = frames.ToArray();
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
                Header = ReadHeader(header),
                ParentHeader = ReadParent(parent),
                Metadata = ReadObject(metadata),
                Content = ReadObject(content),
                Buffers = parts[(delimiter + 6)..],
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A lone half of a surrogate pair, which JSON can name, is an invalid operation to .NET.
            throw new JupyterProtocolException($"A message that is not valid JSON was dropped: {exception.Message}", exception);
        }
    }

    private static MessageHeader? ReadParent(byte[] json) =>
        ReadObject(json).ContainsKey("msg_id") ? ReadHeader(json) : null;

    private static MessageHeader ReadHeader(byte[] json) =>
        JsonSerializer.Deserialize(json, JupyterJsonContext.Default.MessageHeader) is { MessageId: not null, MessageType: not null } header
            ? header
            : throw new JsonException("the header has no msg_id or no msg_type");

    private static JsonObject ReadObject(byte[] json) => JsonNode.Parse(json, documentOptions: Unambiguous) as JsonObject ?? [];
}

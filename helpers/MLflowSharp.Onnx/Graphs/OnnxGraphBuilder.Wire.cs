using Google.Protobuf;

namespace MLflowSharp.Onnx;

/// <content>The messages of ONNX's protocol buffers.</content>
public sealed partial class OnnxGraphBuilder
{
    /// <summary>An AttributeProto, whose last field tells its type.</summary>
    private static void WriteAttribute(CodedOutputStream message, string name, object value)
    {
        WriteString(message, 1, name);
        switch (value)
        {
            case long whole:
                WriteInt64(message, 3, whole);
                WriteInt64(message, 20, 2); // AttributeProto.AttributeType.INT
                break;
            case float number:
                message.WriteTag(2, WireFormat.WireType.Fixed32);
                message.WriteFloat(number);
                WriteInt64(message, 20, 1); // FLOAT
                break;
            case long[] list:
                foreach (var item in list)
                    WriteInt64(message, 8, item);
                WriteInt64(message, 20, 7); // INTS
                break;
            default:
                throw new ArgumentException($"The attribute {name} is a {value.GetType().Name}; an attribute is a long, a float or a long[].", nameof(value));
        }
    }

    /// <summary>A ValueInfoProto of shape (rows, …); the number of rows is the symbol N.</summary>
    private static byte[] Rows(string name, IReadOnlyList<long> rowShape, int elementType)
    {
        var shape = Message(message => WriteMessages(
            message, 1, [Message(dimension => WriteString(dimension, 2, "N")), .. rowShape.Select(size => Message(dimension => WriteInt64(dimension, 1, size)))]));
        var tensorType = Message(message =>
        {
            WriteInt64(message, 1, elementType);
            WriteMessage(message, 2, shape);
        });
        return Message(message =>
        {
            WriteString(message, 1, name);
            WriteMessage(message, 2, Message(type => WriteMessage(type, 1, tensorType)));
        });
    }

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var memory = new MemoryStream();
        using (var stream = new CodedOutputStream(memory, leaveOpen: true))
            write(stream);

        return memory.ToArray();
    }

    private static void WriteMessages(CodedOutputStream stream, int field, IEnumerable<byte[]> messages)
    {
        foreach (var message in messages)
            WriteMessage(stream, field, message);
    }

    private static void WriteMessage(CodedOutputStream stream, int field, byte[] message)
    {
        stream.WriteTag(field, WireFormat.WireType.LengthDelimited);
        stream.WriteBytes(UnsafeByteOperations.UnsafeWrap(message));
    }

    private static void WriteString(CodedOutputStream stream, int field, string value)
    {
        stream.WriteTag(field, WireFormat.WireType.LengthDelimited);
        stream.WriteString(value);
    }

    private static void WriteInt64(CodedOutputStream stream, int field, long value)
    {
        stream.WriteTag(field, WireFormat.WireType.Varint);
        stream.WriteInt64(value);
    }
}

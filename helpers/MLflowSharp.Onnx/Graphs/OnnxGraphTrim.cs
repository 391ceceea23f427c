using Google.Protobuf;

namespace MLflowSharp.Onnx;

/// <summary>
/// Takes from a model's graph the outputs that nobody wants, what only they need, and the inputs that nothing computes with: who scores it
/// would have to give the one and would be given the other. Field numbers are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
/// </summary>
internal static class OnnxGraphTrim
{
    private const int GraphOfModel = 7;
    private const int NodeOfGraph = 1;
    private const int InitializerOfGraph = 5;
    private const int InputOfGraph = 11;
    private const int OutputOfGraph = 12;
    private const int InputOfNode = 1;
    private const int OutputOfNode = 2;
    private const int NameOfValue = 1;
    private const int NameOfTensor = 8;
    private const int AttributeOfNode = 5;
    private const int GraphOfAttribute = 6;

    /// <summary>Gives the model without them.</summary>
    /// <param name="model">The whole content of an ONNX file.</param>
    /// <param name="isWanted">Whether an output of this name is wanted.</param>
    /// <exception cref="InvalidDataException">It is not one.</exception>
    public static byte[] Trim(byte[] model, Func<string, bool> isWanted)
    {
        try
        {
            return Rewrite(model, (field, content) => field == GraphOfModel ? TrimGraph(content, isWanted) : content);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new InvalidDataException($"This is no ONNX model: {error.Message}", error);
        }
    }

    private static byte[] TrimGraph(byte[] graph, Func<string, bool> isWanted)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        var nodes = new List<Node>();
        Rewrite(graph, (field, content) =>
        {
            if (field == NodeOfGraph)
                nodes.Add(Node.Of(content));
            else if (field == OutputOfGraph && isWanted(NameOf(content)))
                used.Add(NameOf(content));
            return content;
        });
        // Nodes stand after those whose results they use.
        foreach (var node in Enumerable.Reverse(nodes).Where(node => node.Outputs.Exists(used.Contains)))
            used.UnionWith(node.Inputs);

        var index = 0;
        return Rewrite(graph, (field, content) => field switch
        {
            NodeOfGraph => nodes[index++].Outputs.Exists(used.Contains) ? content : null,
            InitializerOfGraph => used.Contains(NameOf(content, NameOfTensor)) ? content : null,
            InputOfGraph => used.Contains(NameOf(content)) ? content : null,
            OutputOfGraph => isWanted(NameOf(content)) ? content : null,
            _ => content,
        });
    }

    private static string NameOf(byte[] value, int nameField = NameOfValue)
    {
        var name = "";
        Rewrite(value, (field, content) =>
        {
            if (field == nameField)
                name = System.Text.Encoding.UTF8.GetString(content);
            return content;
        });
        return name;
    }

    /// <summary>Copies a message; of each field that is a text, bytes or a message it asks what to write instead, null for nothing.</summary>
    private static byte[] Rewrite(byte[] message, Func<int, byte[], byte[]?> change)
    {
        using var memory = new MemoryStream();
        using (var output = new CodedOutputStream(memory, leaveOpen: true))
        {
            var input = new CodedInputStream(message);
            while (input.ReadTag() is var tag and not 0)
            {
                switch (WireFormat.GetTagWireType(tag))
                {
                    case WireFormat.WireType.LengthDelimited:
                        if (change(WireFormat.GetTagFieldNumber(tag), input.ReadBytes().ToByteArray()) is { } content)
                        {
                            output.WriteTag(tag);
                            output.WriteBytes(UnsafeByteOperations.UnsafeWrap(content));
                        }

                        break;
                    case WireFormat.WireType.Varint:
                        output.WriteTag(tag);
                        output.WriteUInt64(input.ReadUInt64());
                        break;
                    case WireFormat.WireType.Fixed32:
                        output.WriteTag(tag);
                        output.WriteFixed32(input.ReadFixed32());
                        break;
                    case WireFormat.WireType.Fixed64:
                        output.WriteTag(tag);
                        output.WriteFixed64(input.ReadFixed64());
                        break;
                    default:
                        throw new InvalidDataException("This is no ONNX model: it has a kind of field that ONNX does not.");
                }
            }
        }

        return memory.ToArray();
    }

    /// <summary>A step of the computation: the values it uses, also in the graphs within it, and those it makes.</summary>
    private sealed record Node(List<string> Inputs, List<string> Outputs)
    {
        public static Node Of(byte[] message)
        {
            var node = new Node([], []);
            Rewrite(message, (field, content) =>
            {
                if (field is InputOfNode or OutputOfNode)
                    (field == InputOfNode ? node.Inputs : node.Outputs).Add(System.Text.Encoding.UTF8.GetString(content));
                else if (field == AttributeOfNode)
                    Rewrite(content, (inner, value) =>
                    {
                        if (inner == GraphOfAttribute)
                            Rewrite(value, (part, nested) =>
                            {
                                if (part == NodeOfGraph)
                                    node.Inputs.AddRange(Of(nested).Inputs);
                                return nested;
                            });
                        return value;
                    });
                return content;
            });
            return node;
        }
    }
}

using System.Runtime.InteropServices;
using Google.Protobuf;

namespace MLflowSharp.Onnx;

/// <summary>
/// Writes a model file in the ONNX format (field numbers: onnx/onnx.proto of ONNX 1.12; operators: https://onnx.ai/onnx/operators/) with
/// operator set 17 and IR version 8, which ONNX Runtime reads from version 1.12 on. Tensors are of 32-bit floats.
/// </summary>
/// <param name="name">The graph's name, such as that of the network.</param>
public sealed class OnnxGraphBuilder(string name)
{
    private const int IrVersion = 8;
    private const int OperatorSet = 17;
    private const int FloatType = 1;

    private readonly List<byte[]> _nodes = [];
    private readonly List<byte[]> _initializers = [];
    private readonly List<byte[]> _inputs = [];
    private readonly List<byte[]> _outputs = [];
    private readonly HashSet<string> _values = [];

    /// <summary>Adds an input of the graph: rows of <paramref name="width"/> values, any number of them.</summary>
    /// <param name="name">The input's name.</param>
    /// <param name="width">The number of values in a row.</param>
    public OnnxGraphBuilder Input(string name, int width)
    {
        Define(name);
        _inputs.Add(Rows(name, width));
        return this;
    }

    /// <summary>Names a computed value as an output of the graph: rows of <paramref name="width"/> values.</summary>
    /// <param name="name">The name of a value that a node computes.</param>
    /// <param name="width">The number of values in a row.</param>
    /// <exception cref="ArgumentException">Nothing computes such a value.</exception>
    public OnnxGraphBuilder Output(string name, int width)
    {
        RequireDefined(name);
        _outputs.Add(Rows(name, width));
        return this;
    }

    /// <summary>Adds a constant, such as a layer's weights.</summary>
    /// <param name="name">The constant's name.</param>
    /// <param name="values">Its values, the last dimension varying fastest.</param>
    /// <param name="dimensions">Its size in each dimension.</param>
    /// <exception cref="ArgumentException">The dimensions do not multiply to the number of values.</exception>
    public OnnxGraphBuilder Constant(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> dimensions)
    {
        var size = 1L;
        foreach (var dimension in dimensions)
            size *= dimension;

        if (size != values.Length)
            throw new ArgumentException($"The constant {name} has {values.Length} values, but its dimensions ask for {size}.", nameof(values));

        Define(name);
        var raw = ByteString.CopyFrom(MemoryMarshal.AsBytes(values));
        var sizes = dimensions.ToArray();
        _initializers.Add(Message(tensor =>
        {
            foreach (var dimension in sizes)
                WriteInt64(tensor, 1, dimension);

            WriteInt64(tensor, 2, FloatType);
            WriteString(tensor, 8, name);
            tensor.WriteTag(9, WireFormat.WireType.LengthDelimited);
            tensor.WriteBytes(raw);
        }));
        return this;
    }

    /// <summary>Adds an operator that computes one value.</summary>
    /// <param name="operatorType">The operator, such as <c>Gemm</c>, <c>Relu</c> or <c>Softmax</c>.</param>
    /// <param name="output">The name of the value it computes.</param>
    /// <param name="inputs">The names of the values it takes.</param>
    /// <param name="attributes">Its settings, all whole numbers, such as <c>transB</c> = 1.</param>
    /// <exception cref="ArgumentException">An input is not defined yet, or the output already is.</exception>
    public OnnxGraphBuilder Node(
        string operatorType, string output, IReadOnlyList<string> inputs, params IReadOnlyList<(string Name, long Value)> attributes)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        foreach (var input in inputs)
            RequireDefined(input);

        Define(output);
        _nodes.Add(Message(node =>
        {
            foreach (var input in inputs)
                WriteString(node, 1, input);

            WriteString(node, 2, output);
            WriteString(node, 3, $"{operatorType}_{output}");
            WriteString(node, 4, operatorType);
            foreach (var attribute in attributes)
            {
                WriteMessage(node, 5, Message(message =>
                {
                    WriteString(message, 1, attribute.Name);
                    WriteInt64(message, 3, attribute.Value);
                    WriteInt64(message, 20, 2); // AttributeProto.AttributeType.INT
                }));
            }
        }));
        return this;
    }

    /// <summary>Gives the model file.</summary>
    public byte[] Build()
    {
        var graph = Message(message =>
        {
            WriteMessages(message, 1, _nodes);
            WriteString(message, 2, name);
            WriteMessages(message, 5, _initializers);
            WriteMessages(message, 11, _inputs);
            WriteMessages(message, 12, _outputs);
        });
        return Message(model =>
        {
            WriteInt64(model, 1, IrVersion);
            WriteString(model, 2, "MLflowSharp");
            WriteMessage(model, 7, graph);
            WriteMessage(model, 8, Message(operators => WriteInt64(operators, 2, OperatorSet)));
        });
    }

    /// <summary>A ValueInfoProto of shape (rows, width); the number of rows is the symbol N.</summary>
    private static byte[] Rows(string name, int width)
    {
        var rows = Message(dimension => WriteString(dimension, 2, "N"));
        var columns = Message(dimension => WriteInt64(dimension, 1, width));
        var shape = Message(message => WriteMessages(message, 1, [rows, columns]));
        var tensorType = Message(message =>
        {
            WriteInt64(message, 1, FloatType);
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

    private void Define(string value)
    {
        if (!_values.Add(value))
            throw new ArgumentException($"The graph {name} already has a value named {value}; names are used once.", nameof(value));
    }

    private void RequireDefined(string value)
    {
        if (!_values.Contains(value))
            throw new ArgumentException($"The graph {name} has no value named {value} yet; add what computes it first.", nameof(value));
    }
}

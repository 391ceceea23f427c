using System.Runtime.InteropServices;
using Google.Protobuf;

namespace MLflowSharp.Onnx;

/// <summary>
/// Writes a model file in the ONNX format (field numbers: onnx/onnx.proto of ONNX 1.12; operators: https://onnx.ai/onnx/operators/) with
/// operator set 17 and IR version 8, which ONNX Runtime reads from version 1.12 on. Values are 32-bit floats, and 64-bit integers where shapes or indices are wanted.
/// </summary>
/// <param name="name">The graph's name, such as that of the network.</param>
public sealed partial class OnnxGraphBuilder(string name)
{
    private const int IrVersion = 8;
    private const int OperatorSet = 17;
    private const int FloatType = 1;
    private const int Int64Type = 7;

    private readonly List<byte[]> _nodes = [];
    private readonly List<byte[]> _initializers = [];
    private readonly List<byte[]> _inputs = [];
    private readonly List<byte[]> _outputs = [];
    private readonly HashSet<string> _values = [];

    /// <summary>Adds an input of the graph: rows of <paramref name="width"/> values, any number of them.</summary>
    /// <param name="name">The input's name.</param>
    /// <param name="width">The number of values in a row.</param>
    public OnnxGraphBuilder Input(string name, int width) => Input(name, [width]);

    /// <summary>Adds an input of the graph: any number of rows, each of a shape.</summary>
    /// <param name="name">The input's name.</param>
    /// <param name="rowShape">The size of a row in each dimension, such as 1, 28, 28 for an image.</param>
    /// <param name="isInteger">Whether the values are 64-bit integers, such as the words of an embedding.</param>
    public OnnxGraphBuilder Input(string name, IReadOnlyList<long> rowShape, bool isInteger = false)
    {
        ArgumentNullException.ThrowIfNull(rowShape);
        Define(name);
        _inputs.Add(Rows(name, rowShape, isInteger ? Int64Type : FloatType));
        return this;
    }

    /// <summary>Names a computed value as an output of the graph: rows of <paramref name="width"/> values.</summary>
    /// <param name="name">The name of a value that a node computes.</param>
    /// <param name="width">The number of values in a row.</param>
    /// <exception cref="ArgumentException">Nothing computes such a value.</exception>
    public OnnxGraphBuilder Output(string name, int width) => Output(name, [width]);

    /// <summary>Names a computed value as an output of the graph: rows of a shape.</summary>
    /// <param name="name">The name of a value that a node computes.</param>
    /// <param name="rowShape">The size of a row in each dimension.</param>
    /// <exception cref="ArgumentException">Nothing computes such a value.</exception>
    public OnnxGraphBuilder Output(string name, IReadOnlyList<long> rowShape)
    {
        ArgumentNullException.ThrowIfNull(rowShape);
        RequireDefined(name);
        _outputs.Add(Rows(name, rowShape, FloatType));
        return this;
    }

    /// <summary>Adds a constant, such as a layer's weights.</summary>
    /// <param name="name">The constant's name.</param>
    /// <param name="values">Its values, the last dimension varying fastest.</param>
    /// <param name="dimensions">Its size in each dimension.</param>
    /// <exception cref="ArgumentException">The dimensions do not multiply to the number of values.</exception>
    public OnnxGraphBuilder Constant(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> dimensions)
    {
        AddConstant(name, FloatType, values.Length, MemoryMarshal.AsBytes(values), dimensions.ToArray());
        return this;
    }

    /// <summary>Adds a constant of whole numbers, such as the shape that values are put into.</summary>
    /// <param name="name">The constant's name.</param>
    /// <param name="values">Its values, in one dimension.</param>
    public OnnxGraphBuilder Constant(string name, ReadOnlySpan<long> values)
    {
        AddConstant(name, Int64Type, values.Length, MemoryMarshal.AsBytes(values), [values.Length]);
        return this;
    }

    /// <summary>Adds an operator that computes one value.</summary>
    /// <param name="operatorType">The operator, such as <c>Gemm</c>, <c>Relu</c> or <c>Softmax</c>.</param>
    /// <param name="output">The name of the value it computes.</param>
    /// <param name="inputs">The names of the values it takes; empty where it takes none in that place.</param>
    /// <param name="attributes">Its settings, all whole numbers, such as <c>transB</c> = 1.</param>
    /// <exception cref="ArgumentException">An input is not defined yet, or the output already is.</exception>
    public OnnxGraphBuilder Node(
        string operatorType, string output, IReadOnlyList<string> inputs, params IReadOnlyList<(string Name, long Value)> attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        return Node(operatorType, output, inputs, attributes.ToDictionary(attribute => attribute.Name, attribute => (object)attribute.Value));
    }

    /// <summary>Adds an operator that computes one value.</summary>
    /// <param name="operatorType">The operator, such as <c>Conv</c>.</param>
    /// <param name="output">The name of the value it computes.</param>
    /// <param name="inputs">The names of the values it takes; empty where it takes none in that place.</param>
    /// <param name="attributes">Its settings: a <see cref="long"/>, a <see cref="float"/> or a <c>long[]</c> each, such as <c>kernel_shape</c>.</param>
    /// <exception cref="ArgumentException">An input is not defined yet, the output already is, or a setting is something else.</exception>
    public OnnxGraphBuilder Node(string operatorType, string output, IReadOnlyList<string> inputs, IReadOnlyDictionary<string, object> attributes)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(attributes);
        foreach (var input in inputs.Where(input => input.Length > 0))
            RequireDefined(input);

        Define(output);
        _nodes.Add(Message(node =>
        {
            foreach (var input in inputs)
                WriteString(node, 1, input);

            WriteString(node, 2, output);
            WriteString(node, 3, $"{operatorType}_{output}");
            WriteString(node, 4, operatorType);
            foreach (var (name, value) in attributes)
                WriteMessage(node, 5, Message(message => WriteAttribute(message, name, value)));
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

    private void AddConstant(string name, int elementType, int count, ReadOnlySpan<byte> bytes, long[] dimensions)
    {
        var size = dimensions.Aggregate(1L, (product, dimension) => product * dimension);
        if (size != count)
            throw new ArgumentException($"The constant {name} has {count} values, but its dimensions ask for {size}.", nameof(dimensions));

        Define(name);
        var raw = ByteString.CopyFrom(bytes);
        _initializers.Add(Message(tensor =>
        {
            foreach (var dimension in dimensions)
                WriteInt64(tensor, 1, dimension);

            WriteInt64(tensor, 2, elementType);
            WriteString(tensor, 8, name);
            tensor.WriteTag(9, WireFormat.WireType.LengthDelimited);
            tensor.WriteBytes(raw);
        }));
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

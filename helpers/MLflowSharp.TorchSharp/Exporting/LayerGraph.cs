using System.Globalization;
using MLflowSharp.Onnx;
using static TorchSharp.torch;

namespace MLflowSharp.TorchSharp;

/// <summary>A graph to which one layer after the other is added, each taking what the one before gives.</summary>
internal sealed class LayerGraph
{
    private readonly OnnxGraphBuilder _builder;
    private int _nodes;

    public LayerGraph(string name, string input, IReadOnlyList<long> rowShape, bool takesIntegers)
    {
        _builder = new OnnxGraphBuilder(name).Input(input, rowShape, takesIntegers);
        Value = input;
    }

    /// <summary>The path of the layer that is being written, such as <c>features.0</c>.</summary>
    public string Layer { get; private set; } = "";

    /// <summary>The name of the value that the last node computes.</summary>
    public string Value { get; private set; }

    /// <summary>The shape of what the layer takes; the first dimension is the rows.</summary>
    public long[] InputShape { get; private set; } = [];

    /// <summary>The shape of what the layer gives.</summary>
    public long[] OutputShape { get; private set; } = [];

    /// <summary>The values of a tensor of any kind and place.</summary>
    public static float[] Floats(Tensor values) => values.detach().cpu().to(ScalarType.Float32).contiguous().data<float>().ToArray();

    public void Begin(string layer, long[] input, long[] output) => (Layer, InputShape, OutputShape) = (layer, input, output);

    /// <summary>Adds a node that takes the last value, and after it others.</summary>
    public LayerGraph Add(string operatorType, params ReadOnlySpan<string> others) => AddWith(operatorType, [], others);

    /// <summary>Adds a node with settings that takes the last value, and after it others.</summary>
    public LayerGraph AddWith(string operatorType, Dictionary<string, object> attributes, params ReadOnlySpan<string> others)
    {
        Value = Node(operatorType, attributes, [Value, .. others]);
        return this;
    }

    /// <summary>Adds a node that takes any values, and gives the name of what it computes.</summary>
    public string Node(string operatorType, Dictionary<string, object> attributes, IReadOnlyList<string> inputs)
    {
        var output = string.Create(CultureInfo.InvariantCulture, $"{Layer}/{operatorType}_{_nodes++}");
        _builder.Node(operatorType, output, inputs, attributes);
        return output;
    }

    /// <summary>Adds weights of the layer, and gives their name.</summary>
    public string Weights(string name, Tensor values, params ReadOnlySpan<long> shape) => Constant(name, Floats(values), shape.IsEmpty ? values.shape : shape);

    /// <summary>Adds constants of the layer, and gives their name.</summary>
    public string Constant(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape)
    {
        var whole = $"{Layer}.{name}";
        _builder.Constant(whole, values, shape);
        return whole;
    }

    /// <summary>Adds one number that is used with every value, and gives its name.</summary>
    public string Number(string name, double value) => Constant(name, [(float)value], []);

    /// <summary>Takes rows of a table, whose numbers are the last value.</summary>
    public LayerGraph Gather(string table)
    {
        Value = Node("Gather", new() { ["axis"] = 0L }, [table, Value]);
        return this;
    }

    /// <summary>Puts the last value into the shape of what the layer gives, whatever the number of rows.</summary>
    public LayerGraph Reshape()
    {
        var shape = $"{Layer}.shape";
        _builder.Constant(shape, [-1, .. OutputShape.Skip(1)]);
        return Add("Reshape", shape);
    }

    /// <summary>Ends the graph with the last value as its output.</summary>
    public byte[] Build(string outputName, IReadOnlyList<long> rowShape)
    {
        _builder.Node("Identity", outputName, [Value], []);
        return _builder.Output(outputName, rowShape).Build();
    }
}

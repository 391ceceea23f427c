using System.Runtime.InteropServices;
using System.Text;
using Google.Protobuf;

namespace Tutorial.Helpers;

/// <summary>
/// Reads the layers of a multilayer perceptron from an ONNX file, so that a page can compute it without ONNX Runtime. Field numbers are those of
/// https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
/// </summary>
internal static class DenseLayers
{
    private const int FloatType = 1;

    /// <summary>Reads the layers.</summary>
    /// <param name="model">The whole content of an ONNX file whose graph is a chain of Gemm and Relu, with Flatten before and Softmax behind it or not.</param>
    /// <exception cref="NotSupportedException">It computes something else; the message names it.</exception>
    public static IReadOnlyList<DenseLayer> Read(byte[] model)
    {
        var tensors = new Dictionary<string, (long[] Shape, float[] Values)>(StringComparer.Ordinal);
        var nodes = new List<(string Operator, List<string> Inputs, Dictionary<string, long> Settings)>();
        try
        {
            foreach (var (field, content) in Fields(Fields(model).Single(part => part.Field == 7).Content.ToByteArray()))
            {
                if (field == 5)
                    AddTensor(tensors, content);
                else if (field == 1)
                    nodes.Add(NodeOf(content));
            }
        }
        catch (Exception damage) when (damage is InvalidProtocolBufferException or InvalidOperationException)
        {
            throw new NotSupportedException("This is no ONNX model. Give the content of a file model.onnx.", damage);
        }

        var layers = new List<DenseLayer>();
        foreach (var node in nodes)
        {
            switch (node.Operator)
            {
                case "Gemm" when Layer(node.Inputs, node.Settings, tensors) is { } layer:
                    layers.Add(layer);
                    break;
                case "Relu" when layers.Count > 0:
                    layers[^1] = layers[^1] with { Relu = true };
                    break;
                case "Flatten" or "Reshape" when layers.Count == 0:
                case "Softmax":
                    break;
                default:
                    throw new NotSupportedException($"A page can compute dense layers with ReLU only, and this model has the operator {node.Operator}. Serve it instead: dotnet tutorial.cs serve MODEL, then open /draw.");
            }
        }

        return layers.Count > 0 ? layers : throw new NotSupportedException("This model has no dense layer.");
    }

    private static DenseLayer? Layer(List<string> inputs, Dictionary<string, long> settings, Dictionary<string, (long[] Shape, float[] Values)> tensors)
    {
        if (inputs is not [_, var weights, var bias] || !tensors.TryGetValue(weights, out var matrix) || !tensors.TryGetValue(bias, out var offsets) || matrix.Shape.Length != 2)
            return null;
        var isTurned = settings.GetValueOrDefault("transB") == 1;
        var (outputs, width) = isTurned ? ((int)matrix.Shape[0], (int)matrix.Shape[1]) : ((int)matrix.Shape[1], (int)matrix.Shape[0]);
        var values = isTurned ? matrix.Values : Turn(matrix.Values, width, outputs);
        return new(width, outputs, values, offsets.Values, Relu: false);
    }

    private static float[] Turn(float[] matrix, int rows, int columns)
    {
        var turned = new float[matrix.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                turned[(column * rows) + row] = matrix[(row * columns) + column];
        }

        return turned;
    }

    private static void AddTensor(Dictionary<string, (long[] Shape, float[] Values)> tensors, ByteString message)
    {
        var (name, shape, type, values) = ("", new List<long>(), 0L, Array.Empty<float>());
        var input = message.CreateCodedInput();
        while (input.ReadTag() is var tag and not 0)
        {
            switch (WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag))
            {
                case (1, WireFormat.WireType.Varint):
                    shape.Add(input.ReadInt64());
                    break;
                case (1, WireFormat.WireType.LengthDelimited):
                    for (var packed = input.ReadBytes().CreateCodedInput(); !packed.IsAtEnd;)
                        shape.Add(packed.ReadInt64());
                    break;
                case (2, _):
                    type = input.ReadInt64();
                    break;
                case (4, WireFormat.WireType.LengthDelimited):
                    values = MemoryMarshal.Cast<byte, float>(input.ReadBytes().Span).ToArray();
                    break;
                case (8, _):
                    name = input.ReadString();
                    break;
                case (9, _):
                    values = MemoryMarshal.Cast<byte, float>(input.ReadBytes().Span).ToArray();
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        if (type == FloatType)
            tensors[name] = ([.. shape], values);
    }

    private static (string Operator, List<string> Inputs, Dictionary<string, long> Settings) NodeOf(ByteString message)
    {
        var (kind, inputs, settings) = ("", new List<string>(), new Dictionary<string, long>(StringComparer.Ordinal));
        foreach (var (field, content) in Fields(message.ToByteArray()))
        {
            if (field == 1)
                inputs.Add(content.ToStringUtf8());
            else if (field == 4)
                kind = content.ToStringUtf8();
            else if (field == 5)
                AddSetting(settings, content);
        }

        return (kind, inputs, settings);
    }

    private static void AddSetting(Dictionary<string, long> settings, ByteString message)
    {
        var (name, value) = ("", 0L);
        var input = message.CreateCodedInput();
        while (input.ReadTag() is var tag and not 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == 1)
                name = Encoding.UTF8.GetString(input.ReadBytes().Span);
            else if (WireFormat.GetTagFieldNumber(tag) == 3)
                value = input.ReadInt64();
            else
                input.SkipLastField();
        }

        settings[name] = value;
    }

    /// <summary>The fields that are texts, bytes or messages.</summary>
    private static List<(int Field, ByteString Content)> Fields(byte[] message)
    {
        var fields = new List<(int, ByteString)>();
        var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag and not 0)
        {
            if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
                fields.Add((WireFormat.GetTagFieldNumber(tag), input.ReadBytes()));
            else
                input.SkipLastField();
        }

        return fields;
    }
}

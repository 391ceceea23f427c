using MLflowSharp.Onnx;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLflowSharp.TorchSharp;

/// <summary>
/// Writes networks as ONNX (operators: https://onnx.ai/onnx/operators/): a <c>Sequential</c>, also one inside another, of linear and convolutional
/// layers, pooling, normalisation, dropout, embedding and the usual activations. What is written is scored beside the network before it is given.
/// </summary>
public static class OnnxExporter
{
    /// <summary>The name of the graph's only input.</summary>
    public const string InputName = "input";

    private const double Tolerance = 1e-4;

    /// <summary>Writes a network, as it scores and not as it trains: without dropout, with the averages that batch normalisation has learned.</summary>
    /// <param name="network">The network; one that implements <see cref="IOnnxExportable"/> writes itself.</param>
    /// <param name="rowShape">The shape of one row of its input, such as 784, or 1, 28, 28 for an image.</param>
    /// <param name="outputName">The name of the graph's output, such as <c>logits</c>.</param>
    /// <returns>The whole content of an ONNX file.</returns>
    /// <exception cref="MlflowException">NOT_IMPLEMENTED when a layer cannot be written, which the message names; INVALID_PARAMETER_VALUE when the network does not take rows of this shape.</exception>
    public static byte[] Export(nn.Module network, IReadOnlyList<long> rowShape, string outputName = "output")
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(rowShape);
        if (network is IOnnxExportable itself)
            return itself.ToOnnx();
        if (network is not nn.Module<Tensor, Tensor> layer)
            throw Refused(network.GetName(), network, "it does not take one tensor and give one");

        TorchRuntime.Initialize();
        var wasTraining = network.training;
        network.eval();
        try
        {
            using var scope = NewDisposeScope();
            using var _ = no_grad();
            var takesIntegers = FirstLayer(layer) is Embedding;
            var sample = Sample(rowShape, takesIntegers);
            var graph = new LayerGraph(network.GetName(), InputName, rowShape, takesIntegers);
            var output = Write(graph, layer, "", sample);
            var model = graph.Build(outputName, [.. output.shape.Skip(1)]);
            // With the whole network, whose own way from layer to layer may be another than the one that was written.
            Compare(model, sample, layer.call(sample), network);
            return model;
        }
        finally
        {
            network.train(wasTraining);
        }
    }

    /// <summary>Writes a layer and gives what it makes of the sample.</summary>
    private static Tensor Write(LayerGraph graph, nn.Module<Tensor, Tensor> layer, string path, Tensor input)
    {
        if (layer is Sequential)
        {
            foreach (var (name, child) in layer.named_children())
            {
                var inside = path.Length == 0 ? name : $"{path}.{name}";
                input = Write(graph, child as nn.Module<Tensor, Tensor> ?? throw Refused(inside, child, "it gives more than one tensor"), inside, input);
            }

            return input;
        }

        Tensor output;
        try
        {
            output = layer.call(input);
        }
        catch (System.Runtime.InteropServices.ExternalException refusal)
        {
            throw new MlflowException(
                $"The layer '{path}' ({layer.GetType().Name}) does not take values of shape ({string.Join(", ", input.shape)}): {refusal.Message.Split('\n')[0]}",
                ErrorCode.InvalidParameterValue, refusal);
        }

        graph.Begin(path.Length == 0 ? layer.GetName() : path, input.shape, output.shape);
        if (!ActivationLayers.TryWrite(graph, layer) && !SpatialLayers.TryWrite(graph, layer) && !DenseLayers.TryWrite(graph, layer))
            throw Refused(path.Length == 0 ? layer.GetName() : path, layer, "it is none of the layers that can");
        return output;
    }

    /// <summary>Why a layer cannot be written, and what to do.</summary>
    internal static MlflowException Refused(string path, nn.Module layer, string why) => new(
        $"The layer '{path}' ({layer.GetType().Name}) cannot be written as ONNX: {why}. Build the network as a Sequential of "
        + $"Linear, Conv, pooling, normalisation, Dropout, Embedding, Flatten and activation layers, or let it implement {nameof(IOnnxExportable)}.",
        ErrorCode.NotImplemented);

    private static nn.Module FirstLayer(nn.Module layer) => layer is Sequential && layer.children().FirstOrDefault() is { } first ? FirstLayer(first) : layer;

    /// <summary>Three rows that are not alike, made without the random generator, whose state belongs to the training.</summary>
    private static Tensor Sample(IReadOnlyList<long> rowShape, bool integers)
    {
        long[] shape = [3, .. rowShape];
        if (integers)
            return zeros(shape, ScalarType.Int64);
        var count = (int)shape.Aggregate(1L, (size, dimension) => size * dimension);
        return tensor(Enumerable.Range(0, count).Select(index => (MathF.Sin(index) + 1) / 2).ToArray()).reshape(shape);
    }

    private static void Compare(byte[] model, Tensor sample, Tensor output, nn.Module network)
    {
        using var written = OnnxModel.Load(model);
        ModelTensor rows = sample.dtype == ScalarType.Int64 ? ModelTensor.Of(sample.data<long>().ToArray(), sample.shape) : ModelTensor.Of(sample.data<float>().ToArray(), sample.shape);
        var scored = written.Predict(rows, new Dictionary<string, object?>()).Tensor.As<float>();
        var expected = LayerGraph.Floats(output);
        for (var index = 0; index < expected.Length; index++)
        {
            if (scored.Count != expected.Length || !(Math.Abs(scored[index] - expected[index]) <= Tolerance * Math.Max(1, Math.Abs(expected[index]))))
                throw Refused(network.GetName(), network, "ONNX Runtime gives other values for it than TorchSharp");
        }
    }
}

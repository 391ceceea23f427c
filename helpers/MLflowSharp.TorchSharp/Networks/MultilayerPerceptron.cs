using System.Globalization;
using System.Runtime.InteropServices;
using MLflowSharp.Onnx;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLflowSharp.TorchSharp;

/// <summary>
/// Fully connected layers with ReLU between them. The last layer gives logits: the softmax belongs to the loss, and to the exported model.
/// </summary>
public sealed class MultilayerPerceptron : nn.Module<Tensor, Tensor>, IOnnxExportable
{
    private readonly Linear[] _layers;

    private MultilayerPerceptron(IReadOnlyList<int> layerSizes)
        : base(nameof(MultilayerPerceptron))
    {
        LayerSizes = layerSizes;
        _layers = new Linear[layerSizes.Count - 1];
        for (var index = 0; index < _layers.Length; index++)
        {
            _layers[index] = nn.Linear(layerSizes[index], layerSizes[index + 1]);
            register_module(string.Create(CultureInfo.InvariantCulture, $"dense_{index}"), _layers[index]);
        }
    }

    /// <summary>The number of values at each level, from the inputs over the hidden layers to the outputs.</summary>
    public IReadOnlyList<int> LayerSizes { get; }

    /// <summary>The layers in the order in which data passes through them.</summary>
    public IReadOnlyList<Linear> Layers => _layers;

    /// <summary>
    /// Creates a network whose weights are drawn as Keras draws a dense layer's: uniformly within ±√(6 / (inputs + outputs)), biases zero
    /// (Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010).
    /// </summary>
    /// <param name="inputs">The number of input values; 784 for an image of 28 x 28.</param>
    /// <param name="hidden">The number of neurons of each hidden layer; may be empty.</param>
    /// <param name="outputs">The number of classes.</param>
    /// <param name="seed">What the weights are drawn from: the same seed gives the same weights on every machine.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public static MultilayerPerceptron Create(int inputs, IReadOnlyList<int> hidden, int outputs, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(hidden);
        int[] sizes = [inputs, .. hidden, outputs];
        if (Array.Find(sizes, size => size <= 0) is var wrong && Array.Exists(sizes, size => size <= 0))
        {
            throw new ArgumentOutOfRangeException(
                nameof(hidden), wrong, $"Every layer needs at least one value; the sizes given are {string.Join("-", sizes)}.");
        }

        TorchRuntime.Initialize();
        var network = new MultilayerPerceptron(sizes);
        network.DrawWeights(new Random(seed));
        return network;
    }

    /// <summary>Gives the logits of each row.</summary>
    /// <param name="input">Float values of shape (rows, inputs).</param>
    /// <returns>Logits of shape (rows, outputs).</returns>
    public override Tensor forward(Tensor input)
    {
        var values = input;
        for (var index = 0; index < _layers.Length; index++)
        {
            if (index > 0)
                values = nn.functional.relu(values);

            values = nn.functional.linear(values, _layers[index].weight, _layers[index].bias);
        }

        return values;
    }

    /// <summary>
    /// Writes the network as an ONNX model with one input, <c>input</c>, and one output, <c>probabilities</c>: the softmax of the logits.
    /// </summary>
    public byte[] ToOnnx()
    {
        var graph = new OnnxGraphBuilder(GetName()).Input("input", LayerSizes[0]);
        var values = "input";
        for (var index = 0; index < _layers.Length; index++)
        {
            if (index > 0)
                Add("Relu", $"relu_{index - 1}", [values]);

            var layer = _layers[index];
            graph.Constant($"weight_{index}", MemoryMarshal.Cast<byte, float>(layer.weight!.bytes), layer.out_features, layer.in_features);
            graph.Constant($"bias_{index}", MemoryMarshal.Cast<byte, float>(layer.bias!.bytes), layer.out_features);

            // torch keeps a layer's weights as (outputs, inputs): Gemm has to turn them round.
            Add("Gemm", $"dense_{index}", [values, $"weight_{index}", $"bias_{index}"], ("transB", 1));
        }

        Add("Softmax", "probabilities", [values], ("axis", 1));
        return graph.Output("probabilities", LayerSizes[^1]).Build();

        void Add(string operatorType, string output, IReadOnlyList<string> inputs, params (string, long)[] attributes)
        {
            graph.Node(operatorType, output, inputs, attributes);
            values = output;
        }
    }

    private void DrawWeights(Random random)
    {
        foreach (var layer in _layers)
        {
            var limit = MathF.Sqrt(6f / (layer.in_features + layer.out_features));
            foreach (ref var weight in MemoryMarshal.Cast<byte, float>(layer.weight.bytes))
                weight = limit * ((2 * random.NextSingle()) - 1);

            layer.bias!.bytes.Clear();
        }
    }
}

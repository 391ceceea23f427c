using MLflowSharp.Onnx;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLflowSharp.TorchSharp.Tests.Exporting;

/// <summary>Each layer scores in ONNX Runtime as in TorchSharp.</summary>
public sealed class OnnxExporterTests
{
    public OnnxExporterTests() => TorchRuntime.Initialize();

    public static TheoryData<string> Layers => new(Cases.Keys);

    private static Dictionary<string, (Func<Module<Tensor, Tensor>> Layer, long[] Row)> Cases => new()
    {
        ["Linear"] = (() => Linear(6, 4), [6]),
        ["Linear without bias"] = (() => Linear(6, 4, hasBias: false), [6]),
        ["Linear on rows of rows"] = (() => Linear(6, 4), [3, 6]),
        ["Conv1d"] = (() => Conv1d(2, 3, 3, stride: 2, padding: 1), [2, 9]),
        ["Conv2d"] = (() => Conv2d(2, 4, 3, stride: 1, padding: 1, groups: 2), [2, 8, 8]),
        ["Conv2d that keeps the size"] = (() => Conv2d(1, 2, 4, padding: Padding.Same), [1, 7, 7]),
        ["Conv2d dilated, without bias"] = (() => Conv2d(1, 2, 3, dilation: 2, bias: false), [1, 9, 9]),
        ["MaxPool1d"] = (() => MaxPool1d(2), [2, 8]),
        ["MaxPool2d"] = (() => MaxPool2d(3, stride: 2, padding: 1), [2, 9, 9]),
        ["AvgPool1d"] = (() => AvgPool1d(2), [2, 8]),
        ["AvgPool2d"] = (() => AvgPool2d(2), [2, 8, 8]),
        ["AdaptiveAvgPool2d to one"] = (() => AdaptiveAvgPool2d([1, 1]), [2, 5, 7]),
        ["AdaptiveAvgPool2d to a part"] = (() => AdaptiveAvgPool2d([2, 4]), [2, 6, 8]),
        ["AdaptiveAvgPool1d"] = (() => AdaptiveAvgPool1d(3), [2, 9]),
        ["BatchNorm1d"] = (() => Trained(BatchNorm1d(4), [8, 4]), [4]),
        ["BatchNorm2d"] = (() => Trained(BatchNorm2d(2), [8, 2, 3, 3]), [2, 3, 3]),
        ["LayerNorm"] = (() => LayerNorm([5]), [3, 5]),
        ["Dropout"] = (() => Dropout(0.5), [6]),
        ["ReLU"] = (() => Sequential(("a", Linear(4, 4)), ("b", ReLU())), [4]),
        ["ReLU6"] = (() => Sequential(("a", Linear(4, 4)), ("b", ReLU6())), [4]),
        ["LeakyReLU"] = (() => Sequential(("a", Linear(4, 4)), ("b", LeakyReLU(0.2))), [4]),
        ["ELU"] = (() => Sequential(("a", Linear(4, 4)), ("b", ELU(0.7))), [4]),
        ["CELU"] = (() => Sequential(("a", Linear(4, 4)), ("b", CELU(0.7))), [4]),
        ["SELU"] = (() => Sequential(("a", Linear(4, 4)), ("b", SELU())), [4]),
        ["GELU"] = (() => Sequential(("a", Linear(4, 4)), ("b", GELU())), [4]),
        ["SiLU"] = (() => Sequential(("a", Linear(4, 4)), ("b", SiLU())), [4]),
        ["Mish"] = (() => Sequential(("a", Linear(4, 4)), ("b", Mish())), [4]),
        ["PReLU"] = (() => Sequential(("a", Conv2d(1, 3, 3)), ("b", PReLU(3))), [1, 5, 5]),
        ["Hardswish"] = (() => Sequential(("a", Linear(4, 4)), ("b", Hardswish())), [4]),
        ["Hardsigmoid"] = (() => Sequential(("a", Linear(4, 4)), ("b", Hardsigmoid())), [4]),
        ["Softplus"] = (() => Sequential(("a", Linear(4, 4)), ("b", Softplus())), [4]),
        ["Sigmoid"] = (() => Sigmoid(), [4]),
        ["Tanh"] = (() => Tanh(), [4]),
        ["Softmax"] = (() => Softmax(1), [4]),
        ["LogSoftmax"] = (() => LogSoftmax(1), [4]),
        ["Flatten"] = (() => Flatten(), [2, 3, 4]),
        ["Flatten of some"] = (() => Flatten(2), [2, 3, 4]),
        ["Unflatten"] = (() => Unflatten(1, [2, 3]), [6]),
        ["Embedding"] = (() => Sequential(("words", Embedding(20, 5)), ("flat", Flatten()), ("out", Linear(15, 2))), [3]),
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_layer_scores_in_ONNX_Runtime_as_in_TorchSharp(string name)
    {
        var (make, row) = Cases[name];
        using var layer = make();

        using var model = OnnxModel.Load(OnnxExporter.Export(layer, row));

        // The rows are others than those by which the exporter compares.
        var takesIntegers = name == "Embedding";
        using var input = takesIntegers ? arange(4 * row[0], ScalarType.Int64).reshape([4, .. row]) : (arange(4 * row.Aggregate((a, b) => a * b), ScalarType.Float32).reshape([4, .. row]) * 0.37).cos();
        layer.eval();
        using var expected = layer.call(input);
        ModelTensor rows = takesIntegers ? ModelTensor.Of(input.data<long>().ToArray(), input.shape) : ModelTensor.Of(input.data<float>().ToArray(), input.shape);
        var scored = model.Predict(rows, new Dictionary<string, object?>())["output"].As<float>();
        Assert.Equal(expected.shape, scored.Shape);
        Assert.All(expected.contiguous().data<float>().ToArray().Zip(scored.Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void A_convolutional_network_with_a_network_inside_is_written_whole()
    {
        using var network = Network();

        using var model = OnnxModel.Load(OnnxExporter.Export(network, [1, 28, 28], "logits"));

        Assert.Equal("float32 (-1, 1, 28, 28)", model.Signature.Inputs.Single().ToString());
        Assert.Equal("float32 (-1, 10)", model.Signature.Outputs!.Single().ToString());
        Assert.True(network.training);
    }

    [Fact]
    public void A_layer_that_cannot_be_written_is_refused_by_its_place_and_name()
    {
        using var network = Sequential(("a", Linear(4, 4)), ("b", Sequential(("c", Softshrink()))));

        var error = Assert.Throws<MlflowException>(() => OnnxExporter.Export(network, [4]));

        Assert.Equal(ErrorCode.NotImplemented, error.ErrorCode);
        Assert.StartsWith("The layer 'b.c' (Softshrink) cannot be written as ONNX: it is none of the layers that can. Build the network as a Sequential", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_another_shape_are_refused_with_the_layer_that_does_not_take_them()
    {
        using var network = Sequential(("flat", Flatten()), ("dense", Linear(784, 10)));

        var error = Assert.Throws<MlflowException>(() => OnnxExporter.Export(network, [14, 14]));

        Assert.Equal(ErrorCode.InvalidParameterValue, error.ErrorCode);
        Assert.StartsWith("The layer 'dense' (Linear) does not take values of shape (3, 196):", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", error.Message, StringComparison.Ordinal);
    }

    internal static Module<Tensor, Tensor> Network() => Sequential(
        ("features", Sequential(("conv", Conv2d(1, 4, 3)), ("norm", BatchNorm2d(4)), ("relu", ReLU()), ("pool", MaxPool2d(2)), ("drop", Dropout2d(0.3)))),
        ("flat", Flatten()),
        ("dense", Linear(4 * 13 * 13, 10)));

    private static Module<Tensor, Tensor> Trained(Module<Tensor, Tensor> norm, long[] shape)
    {
        norm.train();
        using var _ = norm.call(arange(shape.Aggregate((a, b) => a * b), ScalarType.Float32).reshape(shape));
        return norm;
    }
}

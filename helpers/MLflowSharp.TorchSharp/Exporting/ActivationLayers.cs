using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLflowSharp.TorchSharp;

/// <summary>Writes the layers that work on each value by itself, and the softmax.</summary>
internal static class ActivationLayers
{
    public static bool TryWrite(LayerGraph graph, nn.Module layer)
    {
        var written = layer switch
        {
            Identity or Dropout or Dropout1d or Dropout2d or Dropout3d or AlphaDropout or FeatureAlphaDropout => graph,
            ReLU => graph.Add("Relu"),
            ReLU6 => graph.Add("Clip", graph.Number("min", 0), graph.Number("max", 6)),
            LeakyReLU leaky => graph.AddWith("LeakyRelu", Alpha(leaky.negative_slope)),
            ELU elu => graph.AddWith("Elu", Alpha(elu.alpha)),
            CELU celu => graph.AddWith("Celu", Alpha(celu.alpha)),
            SELU => graph.Add("Selu"),
            PReLU prelu => graph.Add("PRelu", graph.Weights("weight", prelu.weight, prelu.num_parameters == 1 ? [1] : [prelu.num_parameters, .. graph.InputShape.Skip(2).Select(_ => 1L)])),
            GELU gelu => Gelu(graph, isExact: gelu.approximate.ToString() == "none"),
            SiLU => Gated(graph, "Sigmoid"),
            Mish => SoftplusTanh(graph),
            Hardswish => graph.Add("HardSwish"),
            Hardsigmoid => graph.AddWith("HardSigmoid", new() { ["alpha"] = 1 / 6f, ["beta"] = 0.5f }),
            Sigmoid => graph.Add("Sigmoid"),
            Tanh => graph.Add("Tanh"),
            Softplus { beta: 1 } => graph.Add("Softplus"),
            Softsign => graph.Add("Softsign"),
            Softmax softmax => graph.AddWith("Softmax", Axis(softmax.dim)),
            LogSoftmax softmax => graph.AddWith("LogSoftmax", Axis(softmax.dim)),
            Softmax2d => graph.AddWith("Softmax", Axis(-3)),
            _ => null,
        };
        return written is not null;
    }

    /// <summary>x · Φ(x), as Hendrycks and Gimpel define it ("Gaussian Error Linear Units", 2016), or their approximation by tanh.</summary>
    private static LayerGraph Gelu(LayerGraph graph, bool isExact)
    {
        var input = graph.Value;
        if (isExact)
            graph.Add("Mul", graph.Number("rsqrt2", 1 / Math.Sqrt(2))).Add("Erf");
        else
            graph.Add("Mul", input).Add("Mul", input).Add("Mul", graph.Number("cubic", 0.044715)).Add("Add", input).Add("Mul", graph.Number("scale", Math.Sqrt(2 / Math.PI))).Add("Tanh");
        return graph.Add("Add", graph.Number("one", 1)).Add("Mul", input).Add("Mul", graph.Number("half", 0.5));
    }

    private static LayerGraph SoftplusTanh(LayerGraph graph)
    {
        var input = graph.Value;
        return graph.Add("Softplus").Add("Tanh").Add("Mul", input);
    }

    /// <summary>x times a function of x.</summary>
    private static LayerGraph Gated(LayerGraph graph, string function)
    {
        var input = graph.Value;
        return graph.Add(function).Add("Mul", input);
    }

    private static Dictionary<string, object> Alpha(double alpha) => new() { ["alpha"] = (float)alpha };

    private static Dictionary<string, object> Axis(long axis) => new() { ["axis"] = axis };
}

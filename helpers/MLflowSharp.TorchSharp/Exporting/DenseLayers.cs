using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLflowSharp.TorchSharp;

/// <summary>Writes linear layers, normalisation, embedding and what changes shapes.</summary>
internal static class DenseLayers
{
    public static bool TryWrite(LayerGraph graph, nn.Module layer)
    {
        var written = layer switch
        {
            Linear linear => Multiply(graph, linear),
            BatchNorm norm => Normalize(graph, norm),
            LayerNorm norm => Normalize(graph, norm),
            Embedding embedding => Look(graph, embedding),
            Flatten { start_dim: > 0 } or Unflatten => graph.Reshape(),
            _ => null,
        };
        return written is not null;
    }

    private static LayerGraph Multiply(LayerGraph graph, Linear linear)
    {
        if (graph.InputShape.Length == 2)
        {
            // torch keeps a layer's weights as (outputs, inputs): Gemm has to turn them round.
            var weight = graph.Weights("weight", linear.weight);
            var settings = new Dictionary<string, object> { ["transB"] = 1L };
            return linear.bias is { } offset ? graph.AddWith("Gemm", settings, weight, graph.Weights("bias", offset)) : graph.AddWith("Gemm", settings, weight);
        }

        graph.Add("MatMul", graph.Weights("weight", linear.weight.t(), linear.in_features, linear.out_features));
        return linear.bias is { } bias ? graph.Add("Add", graph.Weights("bias", bias)) : graph;
    }

    private static LayerGraph Normalize(LayerGraph graph, BatchNorm norm)
    {
        if (norm.running_mean is not { } mean || norm.running_var is not { } variance)
            throw OnnxExporter.Refused(graph.Layer, norm, "it keeps no averages (track_running_stats), so that a row's values depend on the other rows");
        var features = (int)norm.num_features;
        return graph.AddWith(
            "BatchNormalization",
            new() { ["epsilon"] = (float)norm.eps },
            norm.affine ? graph.Weights("weight", norm.weight) : graph.Constant("weight", Enumerable.Repeat(1f, features).ToArray(), features),
            norm.affine && norm.bias is { } bias ? graph.Weights("bias", bias) : graph.Constant("bias", new float[features], features),
            graph.Weights("running_mean", mean),
            graph.Weights("running_var", variance));
    }

    private static LayerGraph Normalize(LayerGraph graph, LayerNorm norm)
    {
        var settings = new Dictionary<string, object> { ["axis"] = -(long)norm.normalized_shape.Length, ["epsilon"] = (float)norm.eps };
        var size = (int)norm.normalized_shape.Aggregate(1L, (product, dimension) => product * dimension);
        var weight = norm.elementwise_affine ? graph.Weights("weight", norm.weight) : graph.Constant("weight", Enumerable.Repeat(1f, size).ToArray(), norm.normalized_shape);
        return norm.elementwise_affine && norm.bias is { } bias
            ? graph.AddWith("LayerNormalization", settings, weight, graph.Weights("bias", bias))
            : graph.AddWith("LayerNormalization", settings, weight);
    }

    private static LayerGraph Look(LayerGraph graph, Embedding embedding)
    {
        if (graph.Value != OnnxExporter.InputName)
            throw OnnxExporter.Refused(graph.Layer, embedding, "an embedding must be the first layer, whose input are whole numbers");
        return graph.Gather(graph.Weights("weight", embedding.weight!));
    }
}

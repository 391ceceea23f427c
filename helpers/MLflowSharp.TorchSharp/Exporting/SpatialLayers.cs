using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLflowSharp.TorchSharp;

/// <summary>Writes convolutions and pooling.</summary>
internal static class SpatialLayers
{
    public static bool TryWrite(LayerGraph graph, nn.Module layer)
    {
        var written = layer switch
        {
            Convolution convolution => Convolve(graph, convolution),
            MaxPool1d pool => graph.AddWith("MaxPool", Window([pool.kernel_size], [pool.stride ?? pool.kernel_size], [pool.padding ?? 0], [pool.dilation ?? 1], pool.ceil_mode)),
            MaxPool2d pool => graph.AddWith("MaxPool", Window(Pair(pool.kernel_size), Pair(pool.stride ?? pool.kernel_size), Pair(pool.padding ?? [0]), Pair(pool.dilation ?? [1]), pool.ceil_mode)),
            AvgPool1d pool => Average(graph, [pool.kernel_size], [pool.stride ?? pool.kernel_size], [pool.padding ?? 0], pool.ceil_mode, pool.count_include_pad),
            AvgPool2d { divisor_override: null } pool =>
                Average(graph, Pair(pool.kernel_size), Pair(pool.stride ?? pool.kernel_size), Pair(pool.padding ?? [0]), pool.ceil_mode, pool.count_include_pad),
            AdaptiveAvgPool1d or AdaptiveAvgPool2d => Adapt(graph, layer),
            _ => null,
        };
        return written is not null;
    }

    private static LayerGraph Convolve(LayerGraph graph, Convolution convolution)
    {
        if (convolution.transposed)
            throw OnnxExporter.Refused(graph.Layer, convolution, "transposed convolutions are not supported");
        if (convolution.padding_mode != PaddingModes.Zeros)
            throw OnnxExporter.Refused(graph.Layer, convolution, $"it pads with {convolution.padding_mode}, and only zeros are supported");
        var (begin, end) = PaddingOf(convolution);
        var settings = new Dictionary<string, object>
        {
            ["kernel_shape"] = convolution.kernel_size,
            ["strides"] = convolution.stride,
            ["pads"] = (long[])[.. begin, .. end],
            ["dilations"] = convolution.dilation,
            ["group"] = convolution.groups,
        };
        var weight = graph.Weights("weight", convolution.weight);
        return convolution.bias is { } bias ? graph.AddWith("Conv", settings, weight, graph.Weights("bias", bias)) : graph.AddWith("Conv", settings, weight);
    }

    /// <summary>The padding before and after in each dimension; where the size shall stay the same, the odd one comes after, as in PyTorch.</summary>
    private static (long[] Begin, long[] End) PaddingOf(Convolution convolution)
    {
        if (convolution.padding is { } both && convolution.padding_type is null)
            return (both, both);
        var total = convolution.kernel_size.Zip(convolution.dilation, (size, dilation) => convolution.padding_type == Padding.Same ? dilation * (size - 1) : 0).ToArray();
        return ([.. total.Select(size => size / 2)], [.. total.Select(size => size - (size / 2))]);
    }

    private static LayerGraph Average(LayerGraph graph, long[] kernel, long[] stride, long[] padding, bool ceiling, bool countPadding)
    {
        var settings = Window(kernel, stride, padding, null, ceiling);
        settings["count_include_pad"] = countPadding ? 1L : 0L;
        return graph.AddWith("AveragePool", settings);
    }

    /// <summary>Where the sizes divide, averaging to a size is averaging over windows of one size.</summary>
    private static LayerGraph Adapt(LayerGraph graph, nn.Module layer)
    {
        var (from, to) = (graph.InputShape[2..], graph.OutputShape[2..]);
        if (Array.TrueForAll(to, size => size == 1))
            return graph.Add("GlobalAveragePool");
        if (from.Zip(to).Any(sizes => sizes.First % sizes.Second != 0))
            throw OnnxExporter.Refused(graph.Layer, layer, $"({string.Join(", ", from)}) does not divide into ({string.Join(", ", to)})");
        long[] window = [.. from.Zip(to, (input, output) => input / output)];
        return graph.AddWith("AveragePool", Window(window, window, [.. window.Select(_ => 0L)], null, ceiling: false));
    }

    private static Dictionary<string, object> Window(long[] kernel, long[] stride, long[] padding, long[]? dilation, bool ceiling)
    {
        var settings = new Dictionary<string, object>
        {
            ["kernel_shape"] = kernel,
            ["strides"] = stride,
            ["pads"] = (long[])[.. padding, .. padding],
            ["ceil_mode"] = ceiling ? 1L : 0L,
        };
        if (dilation is not null)
            settings["dilations"] = dilation;
        return settings;
    }

    /// <summary>One size for both dimensions, or one each.</summary>
    private static long[] Pair(long[] sizes) => sizes is [var both] ? [both, both] : sizes;
}

namespace MLflowSharp.Onnx.Tests;

/// <summary>Two inputs, three outputs: softmax(x * W^T + b), small enough to be worked out by hand.</summary>
internal static class SmallModel
{
    private static readonly float[] Weights = [1, 0, 0, 1, 1, 1];
    private static readonly float[] Bias = [0, 0.5f, -1];

    public static byte[] Create() => new OnnxGraphBuilder("small")
        .Input("input", 2)
        .Constant("weights", Weights, 3, 2)
        .Constant("bias", Bias, 3)
        .Node("Gemm", "logits", ["input", "weights", "bias"], ("transB", 1))
        .Node("Softmax", "probabilities", ["logits"], ("axis", 1))
        .Output("probabilities", 3)
        .Build();

    public static float[] Expect(float x, float y)
    {
        double[] exponentials = [Math.Exp(x), Math.Exp(y + 0.5), Math.Exp(x + y - 1)];
        return [.. exponentials.Select(value => (float)(value / exponentials.Sum()))];
    }
}

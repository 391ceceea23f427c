namespace Tutorial.Helpers;

/// <summary>A layer in which each output is a weighted sum of all inputs, plus a bias.</summary>
/// <param name="Inputs">The number of inputs.</param>
/// <param name="Outputs">The number of outputs.</param>
/// <param name="Weights">The weights, output by output.</param>
/// <param name="Bias">The bias of each output.</param>
/// <param name="Relu">Whether outputs below zero become zero.</param>
internal sealed record DenseLayer(int Inputs, int Outputs, float[] Weights, float[] Bias, bool Relu);

namespace MLflowSharp.TorchSharp;

/// <summary>How well a network does on rows that it does not learn from.</summary>
/// <param name="Loss">The mean softmax cross-entropy.</param>
/// <param name="Accuracy">The share of rows classified rightly, 0 to 1.</param>
public sealed record Evaluation(double Loss, double Accuracy);

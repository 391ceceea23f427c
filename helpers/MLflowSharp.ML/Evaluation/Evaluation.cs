using Microsoft.ML.Data;

namespace MLflowSharp.ML;

/// <summary>How good a model is on some data.</summary>
/// <param name="Metrics">ML.NET's metrics by name, such as <c>micro_accuracy</c>.</param>
/// <param name="ConfusionMatrix">Which class was taken for which; null for models that do not classify.</param>
internal sealed record Evaluation(Dictionary<string, double> Metrics, ConfusionMatrix? ConfusionMatrix = null);

namespace MLflowSharp;

/// <summary>What a model says of all rows.</summary>
/// <param name="Labels">The class that it says of each row.</param>
/// <param name="Probabilities">By row the probability of each class, in the order of the classes; null when it gives none.</param>
internal sealed record Predictions(IReadOnlyList<string> Labels, IReadOnlyList<double[]>? Probabilities);

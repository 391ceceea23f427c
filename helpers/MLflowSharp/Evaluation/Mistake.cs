namespace MLflowSharp;

/// <summary>A row that a model got wrong.</summary>
/// <param name="Row">The row's number from 0.</param>
/// <param name="Target">The class that is right.</param>
/// <param name="Prediction">The class that was said.</param>
/// <param name="Probability">The probability that the model gave to what it said; null when it gives none.</param>
/// <param name="Image">The row as a picture; null when it is none.</param>
public sealed record Mistake(int Row, string Target, string Prediction, double? Probability, MlflowImage? Image);

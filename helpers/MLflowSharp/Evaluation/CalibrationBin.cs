namespace MLflowSharp;

/// <summary>Rows of whose class a model was about equally sure.</summary>
/// <param name="Confidence">The mean probability that the model gave to what it said, from 0 to 1.</param>
/// <param name="Accuracy">How often it was right, from 0 to 1. A calibrated model is right as often as it says.</param>
/// <param name="Count">The number of rows.</param>
public sealed record CalibrationBin(double Confidence, double Accuracy, int Count);

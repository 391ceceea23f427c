namespace MLflowSharp;

/// <summary>A run: what it is, what it logged, and what it used (https://mlflow.org/docs/latest/ml/tracking/#runs).</summary>
/// <param name="Info">Identity, times and status.</param>
/// <param name="Data">Parameters, last metric values and tags.</param>
/// <param name="Inputs">Datasets and models the run used.</param>
public sealed record Run(RunInfo Info, RunData Data, RunInputs Inputs)
{
    /// <summary>Models the run made.</summary>
    public RunOutputs Outputs { get; init; } = new([]);
}

namespace MLflowSharp;

/// <summary>What a run used.</summary>
/// <param name="DatasetInputs">Datasets with the tags that say how they were used.</param>
public sealed record RunInputs(IReadOnlyList<DatasetInput> DatasetInputs)
{
    /// <summary>Logged models; empty in stores of MLflow 2.</summary>
    public IReadOnlyList<LoggedModelInput> ModelInputs { get; init; } = [];
}

namespace MLflowSharp;

/// <summary>How a model is evaluated.</summary>
public sealed record EvaluationOptions
{
    /// <summary>The classes in the order of the model's scores. Default: 0, 1, 2 and so on where the targets are whole numbers, else the targets in their order.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary><c>classifier</c> or <c>regressor</c>, MLflow's names; null to see by the targets: fractions belong to a regressor.</summary>
    public string? ModelType { get; init; }

    /// <summary>What the metrics' names and the artifacts' files begin with, such as <c>test_</c>. Default: nothing.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>How many of the worst mistakes are kept. Default: 25.</summary>
    public int WorstMistakes { get; init; } = 25;

    /// <summary>How many rows are scored at once. Default: 500.</summary>
    public int BatchSize { get; init; } = 500;
}

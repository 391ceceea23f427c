namespace MLflowSharp;

/// <summary>A run's use of a dataset.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="Tags">How it was used; the tag <c>mlflow.data.context</c> holds the context (train, eval, …).</param>
public sealed record DatasetInput(Dataset Dataset, IReadOnlyList<InputTag> Tags);

namespace MLflowSharp;

/// <summary>A tag on a run's use of a dataset, such as <c>mlflow.data.context</c> = <c>train</c>.</summary>
/// <param name="Key">Name, up to 255 characters.</param>
/// <param name="Value">Value, up to 500 characters.</param>
public sealed record InputTag(string Key, string Value);

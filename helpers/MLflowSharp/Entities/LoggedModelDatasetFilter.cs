namespace MLflowSharp;

/// <summary>Restricts the metrics that a search of logged models looks at to those measured on one dataset.</summary>
/// <param name="DatasetName">Name of the dataset.</param>
/// <param name="DatasetDigest">Its digest; null for any.</param>
public sealed record LoggedModelDatasetFilter(string DatasetName, string? DatasetDigest = null);

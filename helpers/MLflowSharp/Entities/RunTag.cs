namespace MLflowSharp;

/// <summary>A tag of a run. Setting it again replaces the value.</summary>
/// <param name="Key">Name, up to 250 characters; names that begin with <c>mlflow.</c> are MLflow's own.</param>
/// <param name="Value">Value, up to 8000 characters.</param>
public sealed record RunTag(string Key, string Value);

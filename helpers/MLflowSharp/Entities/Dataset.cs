namespace MLflowSharp;

/// <summary>Description of a dataset (https://mlflow.org/docs/latest/ml/dataset/): what it is called, which content it had, where it came from. The data themselves are not stored.</summary>
/// <param name="Name">Name, 1 to 500 characters.</param>
/// <param name="Digest">Short fingerprint of the content, 1 to 36 characters; the same name and digest are the same dataset.</param>
/// <param name="SourceType">Kind of source, for instance <c>local</c>, <c>http</c>, <c>code</c>.</param>
/// <param name="Source">Where the data came from, as JSON text such as <c>{"uri": "data/mnist"}</c>; up to 65535 characters.</param>
/// <param name="Schema">Shape and types as MLflow's JSON (<c>mlflow_tensorspec</c>, <c>mlflow_colspec</c>), up to 1048575 characters.</param>
/// <param name="Profile">Summary such as the number of rows, as JSON text, up to 16777215 characters.</param>
public sealed record Dataset(
    string Name, string Digest, string SourceType, string Source, string? Schema = null, string? Profile = null);

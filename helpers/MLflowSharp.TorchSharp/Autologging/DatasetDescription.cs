using System.Text.Json.Nodes;
using MLflowSharp.Context;

namespace MLflowSharp.TorchSharp;

/// <summary>
/// What MLflow records of the data a network learned from, in the form of its NumPy datasets
/// (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.data.html#mlflow.data.numpy_dataset.NumpyDataset).
/// </summary>
internal static class DatasetDescription
{
    /// <summary>Describes data and how a run uses it.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="context"><c>train</c> or <c>eval</c>.</param>
    /// <param name="runTags">The run's tags; they tell the source of data that has no other.</param>
    public static DatasetInput Of(LabeledData data, string context, IReadOnlyDictionary<string, string> runTags) =>
        new(Of(data, runTags), [new InputTag(SystemTags.DatasetContext, context)]);

    /// <summary>Describes data.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="runTags">The run's tags; they tell the source of data that has no other.</param>
    public static Dataset Of(LabeledData data, IReadOnlyDictionary<string, string> runTags)
    {
        var source = DatasetSource.Of(data.Source, runTags);
        return new Dataset(data.Name, NumpyDigest.Of(data), source.Type, source.Json, Schema(data), Profile(data));
    }

    private static string Schema(LabeledData data) => new JsonObject
    {
        ["mlflow_tensorspec"] = new JsonObject
        {
            ["features"] = ModelSignature.ToJson([new TensorSpec("float32", [-1, data.Width])]),
            ["targets"] = ModelSignature.ToJson([new TensorSpec("int64", [-1])]),
        },
    }.ToJsonString();

    private static string Profile(LabeledData data) => new JsonObject
    {
        ["features_shape"] = new JsonArray(data.Count, data.Width),
        ["features_size"] = data.Inputs.Length,
        ["features_nbytes"] = (long)data.Inputs.Length * sizeof(float),
        ["targets_shape"] = new JsonArray(data.Count),
        ["targets_size"] = data.Count,
        ["targets_nbytes"] = (long)data.Count * sizeof(long),
    }.ToJsonString();
}

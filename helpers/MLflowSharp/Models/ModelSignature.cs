using System.Text.Json.Nodes;

namespace MLflowSharp;

/// <summary>What a model takes and gives (https://mlflow.org/docs/latest/ml/model/signatures/); scoring refuses data that do not fit.</summary>
/// <param name="Inputs">The tensors it takes.</param>
/// <param name="Outputs">The tensors it gives; null when that is not known.</param>
public sealed record ModelSignature(IReadOnlyList<TensorSpec> Inputs, IReadOnlyList<TensorSpec>? Outputs = null)
{
    /// <summary>Gives tensors as the JSON text that MLflow keeps in signatures and in dataset schemas.</summary>
    /// <param name="tensors">The tensors.</param>
    /// <returns>Such as <c>[{"type":"tensor","tensor-spec":{"dtype":"float32","shape":[-1,784]}}]</c>.</returns>
    public static string ToJson(IEnumerable<TensorSpec> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return new JsonArray([.. tensors.Select(ToNode)]).ToJsonString();
    }

    private static JsonNode ToNode(TensorSpec tensor)
    {
        var node = new JsonObject
        {
            ["type"] = "tensor",
            ["tensor-spec"] = new JsonObject
            {
                ["dtype"] = tensor.DataType,
                ["shape"] = new JsonArray([.. tensor.Shape.Select(size => (JsonNode)size)]),
            },
        };
        if (tensor.Name is not null)
            node["name"] = tensor.Name;

        return node;
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace MLflowSharp.Server.Runs;

/// <summary>What clients of MLflow 2 say about the models of a run, kept in a tag as a JSON list.</summary>
internal static class ModelHistory
{
    public const string Tag = "mlflow.log-model.history";

    /// <summary>The longest value that a tag may have. A list cut there would be no JSON any more.</summary>
    private const int LongestTag = 8000;

    private static readonly string[] Mandatory = ["artifact_path", "flavors", "run_id", "utc_time_created"];

    /// <summary>Reads what a client says about a model.</summary>
    public static JsonObject Parse(string json)
    {
        JsonNode? model;
        try
        {
            model = JsonNode.Parse(json);
        }
        catch (JsonException error)
        {
            throw new MlflowException($"Malformed model info: model_json is not valid JSON ({error.Message}).", ErrorCode.InvalidParameterValue, error);
        }

        var fields = model as JsonObject ?? throw MlflowException.Invalid("Malformed model info: model_json is no JSON object.");
        var missing = Mandatory.Where(name => !fields.ContainsKey(name)).ToList();
        return missing.Count == 0 ? fields : throw MlflowException.Invalid($"Model json is missing mandatory fields: {string.Join(", ", missing)}.");
    }

    /// <summary>The list with one more model. Of what does not fit into a tag, the oldest go.</summary>
    public static string Append(string? history, JsonObject model)
    {
        var models = ReadList(history);
        models.Add(model);
        while (models.Count > 1 && models.ToJsonString().Length > LongestTag)
            models.RemoveAt(0);
        return models.ToJsonString();
    }

    private static JsonArray ReadList(string? history)
    {
        try
        {
            return history is null ? [] : JsonNode.Parse(history) as JsonArray ?? [];
        }
        catch (JsonException)
        {
            // Somebody else cut or wrote the tag; what it says cannot be kept.
            return [];
        }
    }
}

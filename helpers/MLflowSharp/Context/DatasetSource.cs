using System.Text.Json.Nodes;

namespace MLflowSharp.Context;

/// <summary>Where data came from, as MLflow's datasets record it (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.data.html). For trainers that log their data by themselves.</summary>
/// <param name="Type">Kind of source: <c>code</c>, <c>http</c> or <c>local</c>.</param>
/// <param name="Json">The source as JSON text.</param>
public sealed record DatasetSource(string Type, string Json)
{
    /// <summary>Describes a source.</summary>
    /// <param name="source">File, folder or web address; null for data that the program itself made.</param>
    /// <param name="runTags">Tags of the run that uses the data; they tell who ran which program.</param>
    public static DatasetSource Of(string? source, IReadOnlyDictionary<string, string> runTags)
    {
        ArgumentNullException.ThrowIfNull(runTags);
        if (source is null)
        {
            var tags = runTags.Where(tag => tag.Key == SystemTags.User || tag.Key.StartsWith("mlflow.source.", StringComparison.Ordinal));
            return new("code", new JsonObject { ["tags"] = new JsonObject(tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value))) }.ToJsonString());
        }

        return Uri.TryCreate(source, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? new("http", new JsonObject { ["url"] = source }.ToJsonString())
            : new("local", new JsonObject { ["uri"] = source }.ToJsonString());
    }
}

using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLflowSharp.Context;

namespace MLflowSharp.Registry;

/// <summary>The tag <c>mlflow.modelVersions</c> of a logged model: a JSON list of the registered versions made from it.</summary>
internal static class LoggedModelRegistrations
{
    private static readonly JsonSerializerOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads the list. MLflow may have written a version twice, once as a number and once as text.</summary>
    public static IReadOnlyList<LoggedModelRegistration> Read(IReadOnlyDictionary<string, string> tags) =>
        [.. Entries(tags).Select(ToRegistration).OfType<LoggedModelRegistration>().Distinct()];

    /// <summary>Gives the tag with one more version, or null when it is in the list already.</summary>
    public static string? With(IReadOnlyDictionary<string, string> tags, string name, string version)
    {
        if (Read(tags).Contains(new(name, version)))
            return null;
        JsonNode number = long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? JsonValue.Create(parsed) : JsonValue.Create(version);
        var list = new JsonArray([.. Entries(tags).Select(entry => entry?.DeepClone()), new JsonObject { ["name"] = name, ["version"] = number }]);
        return list.ToJsonString(Writing);
    }

    private static LoggedModelRegistration? ToRegistration(JsonNode? entry) =>
        entry is JsonObject map && map["name"] is JsonValue name && map["version"] is JsonValue version ? new(name.ToString(), version.ToString()) : null;

    private static JsonArray Entries(IReadOnlyDictionary<string, string> tags)
    {
        try
        {
            return tags.TryGetValue(SystemTags.ModelVersions, out var text) && JsonNode.Parse(text) is JsonArray list ? list : [];
        }
        catch (JsonException)
        {
            // The tag is for show: a damaged one must not keep a model from being read or registered.
            return [];
        }
    }
}

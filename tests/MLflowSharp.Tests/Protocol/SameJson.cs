using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MLflowSharp.Tests.Protocol;

/// <summary>Whether two texts of JSON say the same: the order of fields and the way a number is written do not count.</summary>
internal static class SameJson
{
    public static bool Is(JsonNode? expected, JsonNode? actual) => (expected, actual) switch
    {
        (JsonObject one, JsonObject other) => one.Count == other.Count && one.All(field => other.ContainsKey(field.Key) && Is(field.Value, other[field.Key])),
        (JsonArray one, JsonArray other) => one.Count == other.Count && one.Zip(other).All(pair => Is(pair.First, pair.Second)),
        (JsonValue one, JsonValue other) when one.GetValueKind() == JsonValueKind.Number && other.GetValueKind() == JsonValueKind.Number =>
            long.TryParse(one.ToJsonString(), out var a) && long.TryParse(other.ToJsonString(), out var b) ? a == b : Number(one) == Number(other),
        _ => JsonNode.DeepEquals(expected, actual),
    };

    private static double Number(JsonValue value) => double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);
}

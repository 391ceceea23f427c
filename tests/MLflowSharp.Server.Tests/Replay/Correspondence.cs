using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MLflowSharp.Server.Tests.Replay;

/// <summary>
/// Compares what was recorded with what is answered now. Identifiers, times of the server's clock and invented names differ from one server to
/// the next: an identifier has to stand for the same thing all along, a time and a name have to look like one.
/// </summary>
internal sealed partial class Correspondence
{
    private readonly Dictionary<string, string> _ours = new(StringComparer.Ordinal);

    /// <summary>A recorded text with the identifiers that our server gave.</summary>
    public string ToOurs(string recorded) => Identifier().Replace(recorded, found => _ours.GetValueOrDefault(found.Value, found.Value));

    /// <summary>Says where two JSON values differ; null when nowhere.</summary>
    public string? Difference(JsonNode? recorded, JsonNode? ours, string path = "$")
    {
        switch (recorded, ours)
        {
            case (JsonObject one, JsonObject other):
                var missing = one.Where(field => !other.ContainsKey(field.Key)).Select(field => $"-{field.Key}").Concat(other.Where(field => !one.ContainsKey(field.Key)).Select(field => $"+{field.Key}")).ToList();
                return missing.Count > 0 ? $"{path}: {string.Join(' ', missing)}" : one.Select(field => Difference(field.Value, other[field.Key], $"{path}.{field.Key}")).FirstOrDefault(found => found is not null);
            case (JsonArray one, JsonArray other):
                return one.Count != other.Count
                    ? $"{path}: {one.Count} items were recorded, {other.Count} came"
                    : ByKey(one).Zip(ByKey(other)).Select((pair, i) => Difference(pair.First, pair.Second, $"{path}[{i}]")).FirstOrDefault(found => found is not null);
            case (JsonValue one, JsonValue other) when one.GetValueKind() == JsonValueKind.String && other.GetValueKind() == JsonValueKind.String:
                return SameText((string)one!, (string)other!, path) ? null : $"{path}: '{one}' was recorded, '{other}' came";
            case (JsonValue one, JsonValue other) when one.GetValueKind() == JsonValueKind.Number && other.GetValueKind() == JsonValueKind.Number:
                return SameNumber(one.ToJsonString(), other.ToJsonString(), path) ? null : $"{path}: {one} was recorded, {other} came";
            default:
                return JsonNode.DeepEquals(recorded, ours) ? null : $"{path}: {recorded?.ToJsonString() ?? "null"} was recorded, {ours?.ToJsonString() ?? "null"} came";
        }
    }

    /// <summary>MLflow keeps no order among tags, parameters and the metrics of a run.</summary>
    private static IEnumerable<JsonNode?> ByKey(JsonArray items) =>
        items.All(item => item is JsonObject named && named.ContainsKey("key")) && items.Select(item => (string?)item!["key"]).Distinct().Count() == items.Count
            ? items.OrderBy(item => (string?)item!["key"], StringComparer.Ordinal)
            : items;

    private bool SameText(string recorded, string ours, string path)
    {
        var (theirIds, ourIds) = (Identifier().Matches(recorded), Identifier().Matches(ours));
        if (theirIds.Count == ourIds.Count)
        {
            foreach (var (their, our) in theirIds.Zip(ourIds))
                _ours.TryAdd(their.Value, our.Value);
        }

        return ToOurs(recorded) == ours
            || (InventedName().IsMatch(recorded) && InventedName().IsMatch(ours))
            || (path.EndsWith("_time", StringComparison.Ordinal) && recorded.EndsWith('Z') && ours.EndsWith('Z') && DateTimeOffset.TryParse(ours, CultureInfo.InvariantCulture, out _) && !path.Contains("request_time", StringComparison.Ordinal))
            // An offset in JSON, with or without a space.
            || (path.EndsWith("next_page_token", StringComparison.Ordinal) && ours.Length > 0);
    }

    private static bool SameNumber(string recorded, string ours, string path)
    {
        if (long.TryParse(recorded, CultureInfo.InvariantCulture, out var their) && long.TryParse(ours, CultureInfo.InvariantCulture, out var our))
            return their == our || (path.Contains("time", StringComparison.Ordinal) && their > 1_795_000_000_000 && our > 1_795_000_000_000);
        return double.Parse(recorded, CultureInfo.InvariantCulture).Equals(double.Parse(ours, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex("(?<![0-9a-f])(?:m-)?[0-9a-f]{32}(?![0-9a-f])")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"^[a-z]+-[a-z]+-\d{1,3}\z")]
    private static partial Regex InventedName();
}

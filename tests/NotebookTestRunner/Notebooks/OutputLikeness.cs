using System.Text.Json.Nodes;
using NotebookTestRunner.Outputs;

namespace NotebookTestRunner.Notebooks;

/// <summary>Writes an output the way the one in its place was written: order of keys, text in one piece or in lines.</summary>
internal static class OutputLikeness
{
    /// <summary>The JSON of an output.</summary>
    /// <param name="output">The output.</param>
    /// <param name="place">What stands in its place so far, or null.</param>
    public static JsonNode Write(CellOutput output, JsonNode? place)
    {
        var json = output.ToJson();
        if (place is JsonObject stored && Says(stored, json)) return stored.DeepClone();
        return Like(NotebookJson.Sorted(json)!, place)!;
    }

    // Written otherwise, it may still be the same.
    private static bool Says(JsonObject stored, JsonObject json)
    {
        try
        {
            return JsonNode.DeepEquals(CellOutput.FromJson(stored, "the cell").ToJson(), json);
        }
        catch (NotebookRunException)
        {
            return false;
        }
    }

    private static JsonNode? Like(JsonNode? node, JsonNode? place) => (node, place) switch
    {
        (JsonArray lines, JsonValue text) when text.TryGetValue<string>(out _) && MultilineText.TryJoin(lines) is { } joined => JsonValue.Create(joined),
        (JsonObject members, JsonObject stored) => new JsonObject(members
            .OrderBy(member => stored.ContainsKey(member.Key) ? stored.IndexOf(member.Key) : int.MaxValue)
            .Select(member => KeyValuePair.Create(member.Key, Like(member.Value, stored[member.Key])))),
        _ => node?.DeepClone(),
    };
}

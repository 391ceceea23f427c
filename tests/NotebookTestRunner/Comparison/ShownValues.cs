using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NotebookTestRunner.Outputs;

namespace NotebookTestRunner.Comparison;

/// <summary>Finds values of one kind in outputs, and what stands in their places in other outputs.</summary>
internal static class ShownValues
{
    /// <summary>The values that are data in what a cell shows now, and what is stored in their places.</summary>
    /// <param name="pattern">What the values look like.</param>
    /// <param name="isData">Whether one shown now is data, and nothing that differs from run to run.</param>
    /// <param name="stored">The outputs stored.</param>
    /// <param name="now">The outputs of this run.</param>
    /// <returns>Their texts, without blanks around.</returns>
    public static IReadOnlySet<string> FindData(Regex pattern, Func<string, bool> isData, IReadOnlyList<CellOutput> stored, IReadOnlyList<CellOutput> now)
    {
        var shown = Find(pattern, now);
        var data = shown.Where(isData).ToHashSet(StringComparer.Ordinal);
        if (data.Count == 0) return data;
        var before = Find(pattern, stored);
        // Shown beside each other, not one of them masked.
        if (before.Count == shown.Count) data.UnionWith(before.Zip(shown).Where(pair => data.Contains(pair.Second)).Select(pair => pair.First).ToList());
        return data;
    }

    private static List<string> Find(Regex pattern, IReadOnlyList<CellOutput> outputs)
    {
        var texts = outputs.SelectMany(Texts).ToList();
        // A long text is data for no reader; its values are masked as ever.
        return texts.Sum(text => (long)text.Length) > TextComparer.LongText ? [] : [.. texts.SelectMany(text => pattern.Matches(text)).Select(match => match.Value.Trim())];
    }

    private static IEnumerable<string> Texts(CellOutput output) => output switch
    {
        StreamOutput stream => [stream.Text],
        ErrorOutput error => [error.Value],
        DisplayOutput display => display.Data.Keys.Where(type => !type.StartsWith("image/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).SelectMany(type => Texts(display, type)),
        _ => [],
    };

    // A figure holds its data as JSON.
    private static IEnumerable<string> Texts(DisplayOutput display, string type) =>
        display.Text(type) is { } text ? [text]
        : display.Data[type] is JsonObject or JsonArray ? Strings(display.Data[type]!)
        : [];

    private static IEnumerable<string> Strings(JsonNode node) => node switch
    {
        JsonObject members => members.Select(member => member.Value).OfType<JsonNode>().SelectMany(Strings),
        JsonArray items => items.OfType<JsonNode>().SelectMany(Strings),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };
}

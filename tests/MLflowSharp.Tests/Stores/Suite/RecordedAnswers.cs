using System.Text.Json.Nodes;

namespace MLflowSharp.Tests.Stores.Suite;

/// <summary>Compares answers of ours with recorded ones.</summary>
internal static class RecordedAnswers
{
    public static JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "Search", file)))!;

    /// <summary>Asserts that each question has the recorded answer. A refusal has no wording here: its code is that of a wrong request.</summary>
    public static void AssertSame(JsonNode queries, Func<JsonNode, JsonNode> ask, IReadOnlyList<string>? answeredOtherwise = null)
    {
        var different = queries.AsArray().Select(query => (Query: NameOf(query!), Difference: Compare(query!, ask))).Where(answer => answer.Difference is not null).ToList();
        var known = answeredOtherwise ?? [];
        Assert.Equal(known, different.Select(answer => answer.Query).Where(known.Contains));
        var differences = different.Where(answer => !known.Contains(answer.Query)).Select(answer => answer.Difference).ToList();
        Assert.True(differences.Count == 0, $"{differences.Count} answers differ:\n{string.Join('\n', differences)}");
    }

    private static string NameOf(JsonNode query) => $"{query["filter"]} {query["order_by"]?.ToJsonString()} {query["datasets"]?.ToJsonString()}";

    private static string? Compare(JsonNode query, Func<JsonNode, JsonNode> ask)
    {
        var answer = query["answer"]!;
        var expected = answer["error"] is null ? answer.ToJsonString() : "refused";
        string ours;
        try
        {
            ours = ask(query).ToJsonString();
        }
        catch (MlflowException error) when (error.ErrorCode == ErrorCode.InvalidParameterValue)
        {
            ours = "refused";
        }

        return ours == expected ? null : $"{query.ToJsonString()}: we say {ours}";
    }
}

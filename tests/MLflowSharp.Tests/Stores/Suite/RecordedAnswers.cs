using System.Text.Json.Nodes;

namespace MLflowSharp.Tests.Stores.Suite;

/// <summary>Compares answers of ours with recorded ones.</summary>
internal static class RecordedAnswers
{
    public static JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "Search", file)))!;

    /// <summary>Asserts that each question has the recorded answer. A refusal has no wording here: its code is that of a wrong request.</summary>
    public static void AssertSame(JsonNode queries, Func<JsonNode, JsonNode> ask)
    {
        var differences = queries.AsArray().Select(query => Compare(query!, ask)).OfType<string>().ToList();
        Assert.True(differences.Count == 0, $"{differences.Count} answers differ:\n{string.Join('\n', differences)}");
    }

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

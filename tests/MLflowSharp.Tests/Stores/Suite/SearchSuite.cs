using System.Text.Json.Nodes;

namespace MLflowSharp.Tests.Stores.Suite;

/// <summary>Our search against what MLflow 3.17.2 answered to the same questions.</summary>
/// <typeparam name="TStore">The kind of store.</typeparam>
public abstract class SearchSuite<TStore>(RecordedSearch<TStore> recorded) : IClassFixture<RecordedSearch<TStore>>
    where TStore : StoreUnderTest, new()
{
    [Fact]
    public void Every_run_query_is_answered_as_MLflow_answers_it()
    {
        var queries = recorded.Recorded["run_queries"]!.AsArray();

        AssertNone(queries.Select(query => Compare(query!, Runs)));
        Assert.Equal(235, queries.Count);
    }

    [Fact]
    public void Every_experiment_query_is_answered_as_MLflow_answers_it()
    {
        var queries = recorded.Recorded["experiment_queries"]!.AsArray();

        AssertNone(queries.Select(query => Compare(query!, Experiments)));
        Assert.Equal(25, queries.Count);
    }

    [Fact]
    public void Pages_are_cut_where_MLflow_cuts_them()
    {
        var paging = recorded.Recorded["paging"]!;
        string? token = null;
        foreach (var page in paging["pages"]!.AsArray())
        {
            var runs = recorded.Client.SearchRuns(
                recorded.Ids(new JsonArray((string)paging["experiment"]!)),
                viewType: ViewType.All,
                maxResults: (int)paging["page_size"]!,
                orderBy: [.. paging["order_by"]!.AsArray().GetValues<string>()],
                pageToken: token);
            Assert.Equal(page!.AsArray().GetValues<int>(), runs.Select(recorded.NumberOf));
            token = runs.Token;
        }

        Assert.Null(token);
    }

    private static void AssertNone(IEnumerable<string?> differences)
    {
        var all = differences.OfType<string>().ToList();
        Assert.True(all.Count == 0, $"{all.Count} answers differ:\n{string.Join('\n', all)}");
    }

    /// <summary>Null when the answers agree; otherwise the question and both answers.</summary>
    private static string? Compare(JsonNode query, Func<JsonNode, string> ask)
    {
        var expected = query["answer"]!["error"] is null ? query["answer"]!.ToJsonString() : "refused";
        string ours;
        try
        {
            ours = ask(query);
        }
        catch (MlflowException error) when (error.ErrorCode == ErrorCode.InvalidParameterValue)
        {
            ours = "refused";
        }

        return ours == expected
            ? null
            : $"{query["filter"]} {query["order_by"]!.ToJsonString()}: MLflow says {expected} {query["answer"]!["message"]}, we say {ours}";
    }

    private string Runs(JsonNode query)
    {
        var view = (string)query["view"]! switch { "ACTIVE_ONLY" => ViewType.ActiveOnly, "DELETED_ONLY" => ViewType.DeletedOnly, _ => ViewType.All };
        var runs = recorded.Client.SearchRuns(
            recorded.Ids(query["experiments"]!), (string)query["filter"]!, view, (int)query["max_results"]!, [.. query["order_by"]!.AsArray().GetValues<string>()]);
        return new JsonObject
        {
            ["runs"] = new JsonArray([.. runs.Select(run => (JsonNode)recorded.NumberOf(run))]),
            ["more"] = runs.Token is not null,
        }.ToJsonString();
    }

    private string Experiments(JsonNode query)
    {
        var found = recorded.Client.SearchExperiments(
            filter: recorded.WithOurIds((string)query["filter"]!), orderBy: [.. query["order_by"]!.AsArray().GetValues<string>()]);
        return new JsonObject { ["names"] = new JsonArray([.. found.Select(experiment => (JsonNode)experiment.Name)]) }.ToJsonString();
    }
}

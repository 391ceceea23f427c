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

        RecordedAnswers.AssertSame(queries, Runs);
        Assert.Equal(235, queries.Count);
    }

    [Fact]
    public void Every_experiment_query_is_answered_as_MLflow_answers_it()
    {
        var queries = recorded.Recorded["experiment_queries"]!.AsArray();

        RecordedAnswers.AssertSame(queries, Experiments);
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

    private JsonNode Runs(JsonNode query)
    {
        var view = (string)query["view"]! switch { "ACTIVE_ONLY" => ViewType.ActiveOnly, "DELETED_ONLY" => ViewType.DeletedOnly, _ => ViewType.All };
        var runs = recorded.Client.SearchRuns(
            recorded.Ids(query["experiments"]!), (string)query["filter"]!, view, (int)query["max_results"]!, [.. query["order_by"]!.AsArray().GetValues<string>()]);
        return new JsonObject
        {
            ["runs"] = new JsonArray([.. runs.Select(run => (JsonNode)recorded.NumberOf(run))]),
            ["more"] = runs.Token is not null,
        };
    }

    private JsonNode Experiments(JsonNode query)
    {
        var found = recorded.Client.SearchExperiments(
            filter: recorded.WithOurIds((string)query["filter"]!), orderBy: [.. query["order_by"]!.AsArray().GetValues<string>()]);
        return new JsonObject { ["names"] = new JsonArray([.. found.Select(experiment => (JsonNode)experiment.Name)]) };
    }
}

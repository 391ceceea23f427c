using System.Text.Json.Nodes;

namespace MLflowSharp.Tests.Stores.Suite;

/// <summary>Our search for logged models against what MLflow 3.17.2 answered to the same questions. Not for stores of MLflow 2.</summary>
/// <typeparam name="TStore">The kind of store.</typeparam>
public abstract class LoggedModelSearchSuite<TStore>(RecordedLoggedModels<TStore> recorded) : IClassFixture<RecordedLoggedModels<TStore>>
    where TStore : StoreUnderTest, new()
{
    /// <summary>Queries (filter, order, datasets) that this kind of store is known to answer otherwise.</summary>
    protected virtual IReadOnlyList<string> AnsweredOtherwise => [];

    [Fact]
    public void Every_query_is_answered_as_MLflow_answers_it()
    {
        var queries = recorded.Recorded["queries"]!;

        RecordedAnswers.AssertSame(queries, query => new JsonObject { ["models"] = Numbers(Search(query)) }, AnsweredOtherwise);
        Assert.Equal(174, queries.AsArray().Count);
    }

    [Fact]
    public void Pages_are_cut_where_MLflow_cuts_them()
    {
        var paging = recorded.Recorded["paging"]!;
        string? token = null;
        foreach (var page in paging["pages"]!.AsArray())
        {
            var found = Search(paging, (int)paging["page_size"]!, token);
            Assert.Equal(page!.ToJsonString(), Numbers(found).ToJsonString());
            token = found.Token;
        }

        Assert.Null(token);
    }

    [Fact]
    public void Only_the_experiments_that_are_named_are_searched()
    {
        Assert.Empty(recorded.Client.SearchLoggedModels([]));
        Assert.All(recorded.Client.SearchLoggedModels([recorded.Experiments[1]]), model => Assert.Equal(1, recorded.NumberOf(model) % 2));
    }

    [Fact]
    public void A_page_token_of_another_search_is_refused()
    {
        IReadOnlyList<LoggedModelOrderBy> order = [new("name")];
        var first = recorded.Client.SearchLoggedModels(recorded.Experiments, "name != 'no such'", maxResults: 2, orderBy: order);

        Assert.Equal(2, Next(recorded.Experiments, "name != 'no such'", order, first.Token).Count);
        AssertRefused([recorded.Experiments[0]], "name != 'no such'", order, first.Token);
        AssertRefused(recorded.Experiments, "name != 'other'", order, first.Token);
        AssertRefused(recorded.Experiments, null, order, first.Token);
        AssertRefused(recorded.Experiments, "name != 'no such'", [new("name", Ascending: false)], first.Token);
        AssertRefused(recorded.Experiments, "name != 'no such'", [new("name"), new("model_type")], first.Token);
        AssertRefused(recorded.Experiments, "name != 'no such'", null, first.Token);
    }

    [Fact]
    public void No_filter_and_no_order_are_the_same_however_they_are_said()
    {
        var first = recorded.Client.SearchLoggedModels(recorded.Experiments, "", maxResults: 2, orderBy: []);

        Assert.Equal(2, Next(recorded.Experiments, null, null, first.Token).Count);
    }

    [Theory]
    [InlineData("bm90IEpTT04=")]
    [InlineData("e30=")]
    public void What_is_no_page_token_is_refused(string token) => AssertRefused(recorded.Experiments, null, null, token);

    private void AssertRefused(IReadOnlyList<string> experiments, string? filter, IReadOnlyList<LoggedModelOrderBy>? order, string? token) =>
        Assert.Equal(ErrorCode.InvalidParameterValue, Assert.Throws<MlflowException>(() => Next(experiments, filter, order, token)).ErrorCode);

    private PagedList<LoggedModel> Next(IReadOnlyList<string> experiments, string? filter, IReadOnlyList<LoggedModelOrderBy>? order, string? token) =>
        recorded.Client.SearchLoggedModels(experiments, filter, maxResults: 2, orderBy: order, pageToken: token);

    private PagedList<LoggedModel> Search(JsonNode query, int maxResults = 100, string? token = null) => recorded.Client.SearchLoggedModels(
        recorded.Experiments,
        recorded.Filter(query),
        [.. (query["datasets"]?.AsArray() ?? []).Select(dataset => new LoggedModelDatasetFilter((string?)dataset![0] ?? "", (string?)dataset[1]))],
        maxResults,
        [.. query["order_by"]!.AsArray().Select(order => new LoggedModelOrderBy((string)order![0]!, (bool)order[1]!)
        {
            DatasetName = (string?)order.AsArray().ElementAtOrDefault(2),
            DatasetDigest = (string?)order.AsArray().ElementAtOrDefault(3),
        })],
        token);

    private JsonArray Numbers(IEnumerable<LoggedModel> models) => new([.. models.Select(model => (JsonNode)recorded.NumberOf(model))]);
}

using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using static MLflowSharp.Tests.Stores.Rest.FakeServer;

namespace MLflowSharp.Tests.Stores.Rest;

public sealed class RestStoreTests : RestTest
{
    private const string NotFoundPage = "<!doctype html>\n<title>404 Not Found</title>";

    [Fact]
    public async Task Headers_say_who_asks()
    {
        var server = new FakeServer(Answer(HttpStatusCode.OK));
        using var stores = Open(server);

        await stores.Tracking.DeleteRunAsync("r", Cancellation);

        var headers = server.Requests[0].Headers;
        Assert.StartsWith("mlflow-dotnet-client/", headers["User-Agent"], StringComparison.Ordinal);
        Assert.Equal("3.17.2", headers["X-MLflow-Client-Version"]);
        Assert.DoesNotContain("Authorization", headers.Keys);
        Assert.DoesNotContain("X-MLFLOW-WORKSPACE", headers.Keys);
    }

    [Fact]
    public async Task A_path_prefix_goes_before_every_route()
    {
        var server = new FakeServer(Answer(HttpStatusCode.OK));
        using var stores = Open(server, uri: "http://host/team/mlflow/");

        await stores.Tracking.DeleteRunAsync("r", Cancellation);

        Assert.Equal("POST /team/mlflow/api/2.0/mlflow/runs/delete", server.Requests[0].Line);
    }

    [Fact]
    public async Task What_the_server_is_too_old_for_names_the_version_that_has_it()
    {
        var server = new FakeServer(Answer(HttpStatusCode.NotFound, NotFoundPage, "text/html"), Answer(HttpStatusCode.OK, "2.15.1", "text/html"));
        using var stores = Open(server);

        var error = await Refused(() => stores.Tracking.DeleteExperimentTagAsync("1", "a"));

        Assert.Equal(ErrorCode.NotImplemented, error.ErrorCode);
        Assert.Contains("this server (MLflow 2.15.1) does not have the operation, which came with MLflow 3.2", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, """{"error_code": "ENDPOINT_NOT_FOUND", "message": "x"}""")]
    [InlineData(405, NotFoundPage)]
    [InlineData(404, """{"detail": "Not Found"}""")]
    public async Task Every_way_of_not_having_a_route_is_understood(int status, string body)
    {
        using var stores = Open(new FakeServer(Answer((HttpStatusCode)status, body), Fail(new IOException("no version either"))));

        Assert.Equal(ErrorCode.NotImplemented, (await Refused(() => stores.Tracking.GetLoggedModelAsync("m-1"))).ErrorCode);
    }

    [Fact]
    public async Task A_workspace_is_sent_once_the_server_has_said_that_it_has_some()
    {
        var server = new FakeServer(Answer(HttpStatusCode.OK, """{"workspaces_enabled": true}"""), Answer(HttpStatusCode.OK));
        using var stores = Open(server, http => http with { Workspace = "team-a" });

        await stores.Tracking.DeleteRunAsync("r", Cancellation);
        await stores.Tracking.DeleteRunAsync("r", Cancellation);

        Assert.Equal(["GET /api/3.0/mlflow/server-info", "POST /api/2.0/mlflow/runs/delete", "POST /api/2.0/mlflow/runs/delete"], server.Requests.Select(request => request.Line));
        Assert.All(server.Requests, request => Assert.Equal("team-a", request.Headers["X-MLFLOW-WORKSPACE"]));
    }

    [Theory]
    [InlineData(200, """{"workspaces_enabled": false}""", "application/json")]
    [InlineData(404, NotFoundPage, "text/html")]
    [InlineData(200, "<html>", "text/html")]
    [InlineData(200, "[]", "application/json")]
    public async Task A_server_without_workspaces_is_refused_when_one_is_wanted(int status, string body, string type)
    {
        var server = new FakeServer(Answer((HttpStatusCode)status, body, type));
        using var stores = Open(server, http => http with { Workspace = "team-a" });

        var error = await Refused(() => stores.Tracking.DeleteRunAsync("r"));

        Assert.Equal(ErrorCode.FeatureDisabled, error.ErrorCode);
        Assert.Contains("--enable-workspaces", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_batch_that_is_too_long_is_sent_in_parts_with_nothing_lost_or_doubled()
    {
        var server = new FakeServer(Answer(HttpStatusCode.OK));
        using var stores = Open(server);
        Metric[] metrics = [.. Enumerable.Range(0, 800).Select(i => new Metric($"m{i}", i, i) { DatasetName = new('d', 500), ModelId = "m-1" })];
        Param[] parameters = [.. Enumerable.Range(0, 100).Select(i => new Param($"p{i}", new('x', 6000)))];
        RunTag[] tags = [.. Enumerable.Range(0, 100).Select(i => new RunTag($"t{i}", new('ä', 8000)))];

        await stores.Tracking.LogBatchAsync("r", metrics, parameters, tags, Cancellation);

        Assert.True(server.Requests.Count > 2);
        Assert.All(server.Requests, request => Assert.True(Encoding.UTF8.GetByteCount(request.Body) <= 1_000_000));
        Assert.Equal(metrics.Select(metric => metric.Key), Sent(server, "metrics"));
        Assert.Equal(parameters.Select(param => param.Key), Sent(server, "params"));
        Assert.Equal(tags.Select(tag => tag.Key), Sent(server, "tags"));
    }

    [Fact]
    public async Task More_than_a_request_may_carry_is_refused_before_anything_is_sent()
    {
        var server = new FakeServer(Answer(HttpStatusCode.OK));
        using var stores = Open(server);

        await Refused(() => stores.Tracking.LogBatchAsync("r", [.. Enumerable.Range(0, 1001).Select(i => new Metric($"m{i}", 1, 1))], [], []));
        await Refused(() => stores.Tracking.LogBatchAsync("r", [new("../x", 1, 1)], [], []));
        await Refused(() => stores.Tracking.LogBatchAsync("../r", [new("x", 1, 1)], [], []));

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_long_parameter_is_cut_with_a_warning()
    {
        var server = new FakeServer(Answer(HttpStatusCode.OK));
        using var stores = Open(server);

        await stores.Tracking.LogBatchAsync("r", [], [new("p", new('x', 6001))], [], Cancellation);

        Assert.Equal(6000, ((string)JsonNode.Parse(server.Requests[0].Body)!["value"]!).Length);
        Assert.Single(Warnings);
    }

    [Fact]
    public async Task A_server_before_MLflow_3_1_that_sends_whole_histories_is_paged_here()
    {
        const string Whole = """{"metrics": [{"key": "a", "value": 3, "timestamp": 3}, {"key": "a", "value": 1, "timestamp": 1}, {"key": "a", "value": 2, "timestamp": 2}]}""";
        using var stores = Open(new FakeServer(Answer(HttpStatusCode.OK, Whole)));

        var first = await stores.Tracking.GetMetricHistoryAsync("r", "a", 2, null, Cancellation);
        var second = await stores.Tracking.GetMetricHistoryAsync("r", "a", 5, first.Token, Cancellation);
        var all = await stores.Tracking.GetMetricHistoryAsync("r", "a", null, null, Cancellation);

        Assert.Equal([1, 2], first.Select(metric => metric.Value));
        Assert.Equal([3], second.Select(metric => metric.Value));
        Assert.Null(second.Token);
        Assert.Equal([1, 2, 3], all.Select(metric => metric.Value));
    }

    [Fact]
    public async Task A_whole_history_is_read_page_by_page_where_the_server_pages()
    {
        var server = new FakeServer(
            Answer(HttpStatusCode.OK, """{"metrics": [{"key": "a", "value": 1, "timestamp": 1}], "next_page_token": "t="}"""),
            Answer(HttpStatusCode.OK, """{"metrics": [{"key": "a", "value": "NaN", "timestamp": 2}]}"""));
        using var stores = Open(server);

        Assert.Equal([1, double.NaN], (await stores.Tracking.GetMetricHistoryAsync("r", "a", null, null, Cancellation)).Select(metric => metric.Value));
        Assert.Contains("page_token=t%3D&max_results=25000", server.Requests[1].Line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Histories_of_several_runs_say_whose_points_they_are()
    {
        var server = new FakeServer(Answer(HttpStatusCode.OK, """{"metrics": [{"key": "a", "value": NaN, "timestamp": 1, "step": 2, "run_id": "r2"}]}"""));
        using var stores = Open(server);

        var bulk = await stores.Tracking.GetMetricHistoryBulkAsync(["r1", "r2"], "a", 7, Cancellation);
        await stores.Tracking.GetMetricHistoryIntervalAsync(["r1", "r2"], "a", 3, startStep: 1, endStep: 9, Cancellation);

        Assert.Equal("r2", Assert.Single(bulk).RunId);
        Assert.Equal("GET /ajax-api/2.0/mlflow/metrics/get-history-bulk?run_id=r1&run_id=r2&metric_key=a&max_results=7", server.Requests[0].Line);
        Assert.Equal("GET /api/2.0/mlflow/metrics/get-history-bulk-interval?run_ids=r1&run_ids=r2&metric_key=a&start_step=1&end_step=9&max_results=3", server.Requests[1].Line);
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    public async Task A_name_that_would_walk_out_of_a_route_is_refused(string name)
    {
        var server = new FakeServer(Answer(HttpStatusCode.OK));
        using var stores = Open(server);

        Assert.Equal(ErrorCode.InvalidParameterValue, (await Refused(() => stores.Tracking.GetLoggedModelAsync(name))).ErrorCode);
        Assert.Equal(ErrorCode.InvalidParameterValue, (await Refused(() => stores.Tracking.DeleteLoggedModelTagAsync("m-1", name))).ErrorCode);
        Assert.Equal(ErrorCode.InvalidParameterValue, (await Refused(() => stores.Tracking.SetTraceTagAsync(name, "k", "v"))).ErrorCode);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Closing_twice_is_fine_and_leaves_a_handler_that_was_given_open()
    {
        using var server = new FakeServer(Answer(HttpStatusCode.OK));
        Open(server).Dispose();
        var stores = Open(server);

        stores.Dispose();
        stores.Dispose();

        using var client = new HttpClient(server);
        Assert.NotNull(await client.GetAsync(new Uri("http://still.open"), Cancellation));
    }

    [Theory]
    [InlineData("databricks")]
    [InlineData("databricks://profile")]
    [InlineData("databricks-uc://profile")]
    public void Databricks_is_refused_clearly(string uri)
    {
        var error = Assert.Throws<MlflowException>(() => MLflowSharp.Stores.StoreFactory.Open(uri, new MlflowClientOptions()));

        Assert.Equal(ErrorCode.NotImplemented, error.ErrorCode);
        Assert.Contains("Databricks", error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Sent(FakeServer server, string list) =>
        server.Requests.SelectMany(request => JsonNode.Parse(request.Body)![list]?.AsArray() ?? []).Select(item => (string)item!["key"]!);
}

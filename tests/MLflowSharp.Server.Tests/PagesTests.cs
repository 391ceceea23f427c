namespace MLflowSharp.Server.Tests;

/// <summary>What MLflow's own pages ask for, page by page, when they are pointed at our server (recorded from the 3.17.2 bundle).</summary>
public sealed class PagesTests : IDisposable
{
    private readonly ApiUnderTest _api = new();

    public void Dispose() => _api.Dispose();

    [Theory]
    [InlineData("GET", "/ajax-api/3.0/mlflow/server-info", null)]
    [InlineData("GET", "/ajax-api/3.0/mlflow/ui-telemetry", null)]
    [InlineData("GET", "/ajax-api/3.0/mlflow/assistant/config", null)]
    [InlineData("GET", "/ajax-api/3.0/mlflow/assistant/providers", null)]
    [InlineData("GET", "/ajax-api/2.0/mlflow/gateway-proxy?gateway_path=api%2F2.0%2Fendpoints%2F", null)]
    [InlineData("GET", "/ajax-api/2.0/mlflow/experiments/search?max_results=5&order_by=last_update_time%20DESC", null)]
    [InlineData("GET", "/ajax-api/2.0/mlflow/experiments/search?max_results=25&order_by=last_update_time+DESC&filter=tags.%60mlflow.experiment.isGateway%60+IS+NULL", null)]
    [InlineData("GET", "/ajax-api/2.0/mlflow/experiments/get?experiment_id=0", null)]
    [InlineData("POST", "/ajax-api/2.0/mlflow/experiments/search-datasets", """{"experiment_ids": ["0"]}""")]
    [InlineData("POST", "/ajax-api/2.0/mlflow/runs/search", """{"experiment_ids":["0"],"order_by":["attributes.start_time DESC"],"run_view_type":"ACTIVE_ONLY","filter":"","max_results":50}""")]
    [InlineData("POST", "/ajax-api/2.0/mlflow/runs/search", """{"experiment_ids":["0"],"filter":"tags.`mlflow.parentRunId` = 'RUN'","order_by":["attributes.start_time DESC"],"max_results":10}""")]
    [InlineData("POST", "/ajax-api/2.0/mlflow/logged-models/search", """{"experiment_ids":["0"],"order_by":[{"field_name":"creation_time","ascending":false}]}""")]
    [InlineData("POST", "/ajax-api/2.0/mlflow/logged-models/search", """{"experiment_ids":["0"],"filter":"attributes.model_id IN ('m-1')"}""")]
    [InlineData("GET", "/ajax-api/2.0/mlflow/runs/get?run_id=RUN", null)]
    [InlineData("GET", "/ajax-api/2.0/mlflow/artifacts/list?run_uuid=RUN", null)]
    [InlineData("GET", "/ajax-api/2.0/mlflow/artifacts/list?run_uuid=RUN&path=images", null)]
    [InlineData("GET", "/ajax-api/2.0/mlflow/metrics/get-history?run_uuid=RUN&metric_key=loss&max_results=25000", null)]
    [InlineData("GET", "/ajax-api/2.0/mlflow/metrics/get-history-bulk-interval?run_ids=RUN&metric_key=val%2Facc&max_results=320", null)]
    [InlineData("GET", "/ajax-api/2.0/mlflow/model-versions/search?filter=run_id%3D%27RUN%27", null)]
    [InlineData("GET", "/ajax-api/2.0/mlflow/model-versions/search?filter=tags.%60mlflow.prompt.is_prompt%60%20%3D%20%27true%27%20AND%20tags.%60mlflow.prompt.run_ids%60%20ILIKE%20%22%25RUN%25%22", null)]
    [InlineData("GET", "/ajax-api/2.0/mlflow/registered-models/search?filter=&max_results=25&order_by=name+ASC", null)]
    [InlineData("GET", "/ajax-api/2.0/mlflow/registered-models/search?filter=tags.%60mlflow.prompt.is_prompt%60+%3D+%27true%27", null)]
    [InlineData("GET", "/ajax-api/2.0/mlflow/registered-models/search", null)]
    [InlineData("POST", "/graphql", """{"operationName":"MlflowGetExperimentQuery","variables":{"input":{"experimentId":"0"}},"query":"query MlflowGetExperimentQuery($input: MlflowGetExperimentInput!) @component(name: \"a\") { mlflowGetExperiment(input: $input) { experiment { name tags { key __typename } } } }"}""")]
    public async Task What_the_pages_ask_for_is_answered(string method, string target, string? body)
    {
        var run = (string)(await _api.SendAsync("POST", "/api/2.0/mlflow/runs/create", "{}")).Json["run"]!["info"]!["run_id"]!;

        var answer = await _api.SendAsync(method, target.Replace("RUN", run, StringComparison.Ordinal), body?.Replace("RUN", run, StringComparison.Ordinal));

        Assert.True(answer.Status == 200, $"{answer.Status}: {answer.Text}");
        Assert.Equal("application/json", answer.ContentType);
    }

    [Fact]
    public async Task A_run_page_of_no_run_hears_it_in_the_answers_errors()
    {
        var answer = await _api.SendAsync(
            "POST", "/graphql", """{"operationName":"GetRun","variables":{"data":{"runId":"nope"}},"query":"query GetRun($data: In!) { mlflowGetRun(input: $data) { run { info { runName } } } }"}""");

        Assert.Equal(200, answer.Status);
        Assert.StartsWith("""{"data":{"mlflowGetRun":null},"errors":["Run with id=nope not found""", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_users_says_so_as_MLflow_does() => Assert.Equal(404, (await _api.SendAsync("GET", "/ajax-api/2.0/mlflow/users/current")).Status);
}

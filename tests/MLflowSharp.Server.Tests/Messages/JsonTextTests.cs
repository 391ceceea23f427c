namespace MLflowSharp.Server.Tests.Messages;

public sealed class JsonTextTests : IDisposable
{
    private readonly ApiUnderTest _api = new();

    public void Dispose() => _api.Dispose();

    [Theory]
    [InlineData("/api/2.0/mlflow/experiments/create", """{"name": "a\ud800"}""")]
    [InlineData("/api/2.0/mlflow/experiments/create", """{"name": "a", "tags": [{"key": "k", "value": "\uDC00x"}]}""")]
    [InlineData("/api/2.0/mlflow/experiments/create", """{"\ud800": 1, "name": "a"}""")]
    [InlineData("/api/2.0/mlflow/experiments/create", "\"{\\\"name\\\": \\\"\\\\ud800\\\"}\"")]
    [InlineData("/graphql", """{"query": "query { x }", "variables": {"data": {"runId": "\ud800"}}}""")]
    public async Task Half_a_character_is_refused_and_nothing_is_made(string path, string json)
    {
        var answer = await _api.SendAsync("POST", path, json);

        Assert.Equal((400, "INVALID_PARAMETER_VALUE"), (answer.Status, answer.ErrorCode));
        Assert.Contains("half of a character", answer.Text, StringComparison.Ordinal);
        Assert.Empty(_api.Errors);
        Assert.Single(await _api.Stores.Tracking.SearchExperimentsAsync(null, ViewType.All, 10, null, null, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/api/2.0/mlflow/experiments/create")]
    [InlineData("/graphql")]
    public async Task Bytes_that_are_no_text_are_refused(string path)
    {
        var request = new RestRequest
        {
            Method = "POST", Target = path, Headers = new Dictionary<string, string> { ["Content-Type"] = "application/json" }, Body = new MemoryStream([.. "{\"name\": \""u8, 0xFF, .. "\"}"u8]),
        };

        var answer = await Answer.OfAsync(await _api.Api.HandleAsync(request, TestContext.Current.CancellationToken));

        Assert.Equal(400, answer.Status);
        Assert.Contains("UTF-8", answer.Text, StringComparison.Ordinal);
        Assert.Empty(_api.Errors);
    }

    [Fact]
    public async Task Whole_characters_are_kept_however_they_are_written()
    {
        Assert.Equal(200, (await _api.SendAsync("POST", "/api/2.0/mlflow/experiments/create", """{"name": "\ud83d\ude00 \u00e4"}""")).Status);

        Assert.NotNull(await _api.Stores.Tracking.GetExperimentByNameAsync("😀 ä", TestContext.Current.CancellationToken));
    }
}

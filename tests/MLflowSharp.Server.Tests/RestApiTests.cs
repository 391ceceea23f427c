namespace MLflowSharp.Server.Tests;

public sealed class RestApiTests : IDisposable
{
    private readonly ApiUnderTest _api = new();

    public void Dispose() => _api.Dispose();

    [Theory]
    [InlineData("/api/2.0/mlflow/experiments/search")]
    [InlineData("/ajax-api/2.0/mlflow/experiments/search")]
    [InlineData("/api/2.0/mlflow/experiments%2Fsearch")]
    public async Task A_call_is_found_under_both_prefixes_however_its_path_is_encoded(string path) =>
        Assert.Equal(200, (await _api.SendAsync("POST", path, """{"max_results": 5}""")).Status);

    [Theory]
    [InlineData("/api/2.0/mlflow/experiments/search/")]
    [InlineData("/api/9.0/mlflow/experiments/search")]
    [InlineData("/api/2.0/mlflow/experiments/../experiments/search")]
    [InlineData("/api/2.0/mlflow/metrics/get-history-bulk")]
    public async Task Another_address_is_not_found(string path) => Assert.Equal(404, (await _api.SendAsync("GET", path)).Status);

    [Fact]
    public async Task A_wrong_method_is_told_which_ones_there_are()
    {
        var answer = await _api.SendAsync("PATCH", "/api/2.0/mlflow/experiments/search");

        Assert.Equal(405, answer.Status);
        Assert.Equal("GET, POST", answer.Headers["Allow"]);
    }

    [Fact]
    public async Task Answers_are_indented_as_those_of_MLflow()
    {
        var answer = await _api.SendAsync("POST", "/api/2.0/mlflow/experiments/create", """{"name": "ä & <b>"}""");
        Assert.Equal("{\n  \"experiment_id\": \"1\"\n}", answer.Text);

        Assert.Contains("\"name\": \"ä & <b>\"", (await _api.SendAsync("GET", "/api/2.0/mlflow/experiments/get?experiment_id=1")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_stand_in_one_line_with_what_MLflow_says_about_them()
    {
        var answer = await _api.SendAsync("GET", "/api/2.0/mlflow/experiments/get?experiment_id=77");

        Assert.Equal(404, answer.Status);
        Assert.StartsWith("""{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"No Experiment with id=77 exists""", answer.Text, StringComparison.Ordinal);
        Assert.EndsWith(""" "sqlstate":"KAM00","error_class":"RESOURCE_NOT_FOUND"}""".TrimStart(), answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_thought_of_is_reported_and_answered_without_details()
    {
        _api.Stores.Dispose();

        var answer = await _api.SendAsync("GET", "/api/2.0/mlflow/experiments/get?experiment_id=0&password=secret");

        Assert.Equal((500, "INTERNAL_ERROR"), (answer.Status, answer.ErrorCode));
        Assert.DoesNotContain("Disposed", answer.Text, StringComparison.Ordinal);
        var error = Assert.Single(_api.Errors);
        Assert.StartsWith("GET /api/2.0/mlflow/experiments/get: System.ObjectDisposedException", error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_call_throws()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _api.Api.HandleAsync(new() { Method = "GET", Target = "/api/2.0/mlflow/experiments/get?experiment_id=0" }, gone.Token));
    }
}

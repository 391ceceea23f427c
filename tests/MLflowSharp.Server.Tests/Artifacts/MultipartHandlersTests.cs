namespace MLflowSharp.Server.Tests.Artifacts;

/// <summary>Files that go around the server: what a folder cannot do. What S3 can is shown on a real service, by Interop's OurProxiedS3Tests.</summary>
public sealed class MultipartHandlersTests : IDisposable
{
    private readonly ApiUnderTest _api = new();

    public void Dispose() => _api.Dispose();

    [Theory]
    [InlineData("POST", "mlflow-artifacts/mpu/create/1/a", """{"path": "x.bin", "num_parts": 2}""", "Multipart upload")]
    [InlineData("POST", "mlflow-artifacts/mpu/complete/1/a", """{"path": "x.bin", "upload_id": "u", "parts": [{"part_number": 1, "etag": "e"}]}""", "Multipart upload")]
    [InlineData("POST", "mlflow-artifacts/mpu/abort/1/a", """{"path": "x.bin", "upload_id": "u"}""", "Multipart upload")]
    [InlineData("GET", "mlflow-artifacts/presigned/1/a/x.bin", null, "Multipart download")]
    public async Task Files_in_a_folder_go_through_the_server(string method, string path, string? request, string what)
    {
        var answer = await _api.SendAsync(method, $"/api/2.0/{path}", request);

        Assert.Equal((501, "NOT_IMPLEMENTED"), (answer.Status, (string?)answer.Json["error_code"]));
        Assert.StartsWith($"{what} is not supported for the current artifact repository. ", (string?)answer.Json["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clients_are_told_so_before_they_try()
    {
        var answer = await _api.SendAsync("GET", "/api/3.0/mlflow/server-info");

        Assert.Equal((false, false), ((bool)answer.Json["multipart_uploads_enabled"]!, (bool)answer.Json["multipart_downloads_enabled"]!));
    }

    [Theory]
    [InlineData("upload", "mlflow-artifacts:/1/a", 400, "Presigned upload is not supported for proxied artifact storage (artifact URI scheme: mlflow-artifacts). ")]
    [InlineData("upload", "https://elsewhere.example/api/2.0/mlflow-artifacts/artifacts/1", 400, "Presigned upload is not supported for proxied artifact storage (artifact URI scheme: https). ")]
    [InlineData("upload", "/tmp/elsewhere", 501, "Presigned upload is not supported for the current artifact repository. ")]
    [InlineData("download", "mlflow-artifacts:/1/a", 400, "Presigned download is not supported for runs with proxied artifact storage (artifact URI scheme: mlflow-artifacts). ")]
    [InlineData("download", "/tmp/elsewhere", 501, "Presigned download is not supported for the current artifact repository. ")]
    public async Task Only_what_is_in_S3_has_signed_addresses(string what, string location, int status, string message)
    {
        var experiment = (string)(await _api.SendAsync("POST", "/api/2.0/mlflow/experiments/create", $$"""{"name": "there", "artifact_location": "{{location}}"}""")).Json["experiment_id"]!;
        var run = (string)(await _api.SendAsync("POST", "/api/2.0/mlflow/runs/create", $$"""{"experiment_id": "{{experiment}}"}""")).Json["run"]!["info"]!["run_id"]!;

        var answer = await _api.SendAsync("POST", $"/api/2.0/mlflow/artifacts/presigned-{what}-url", $$"""{"run_id": "{{run}}", "path": "x.bin"}""");

        Assert.Equal(status, answer.Status);
        Assert.StartsWith(message, (string?)answer.Json["message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"path": "x"}""", "Exactly one of run_id and model_id must be provided.")]
    [InlineData("""{"run_id": "a", "model_id": "m-a", "path": "x"}""", "Exactly one of run_id and model_id must be provided.")]
    [InlineData("""{"run_id": "a", "path": "../x"}""", "Invalid path")]
    [InlineData("""{"run_id": "a", "path": "x", "expiration": 0}""", "expiration must be between 1 and 604800 seconds (got 0).")]
    [InlineData("""{"run_id": "a", "path": "x", "expiration": 604801}""", "expiration must be between 1 and 604800 seconds (got 604801).")]
    [InlineData("""{"run_id": "a"}""", "Missing value for required parameter 'path'.")]
    public async Task What_cannot_be_signed_is_refused(string request, string message)
    {
        var answer = await _api.SendAsync("POST", "/api/2.0/mlflow/artifacts/presigned-upload-url", request);

        Assert.Equal((400, "INVALID_PARAMETER_VALUE"), (answer.Status, (string?)answer.Json["error_code"]));
        Assert.StartsWith(message, (string?)answer.Json["message"], StringComparison.Ordinal);
    }
}

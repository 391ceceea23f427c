using System.Text.Json.Nodes;

namespace MLflowSharp.Server.Tests.Artifacts;

public sealed class ArtifactHandlersTests : IDisposable
{
    private const string Files = "/api/2.0/mlflow-artifacts/artifacts";

    private readonly ApiUnderTest _api = new();

    public void Dispose() => _api.Dispose();

    [Theory]
    [InlineData(null, 200, "0123456789", null)]
    [InlineData("bytes=2-4", 206, "234", "bytes 2-4/10")]
    [InlineData("bytes=7-", 206, "789", "bytes 7-9/10")]
    [InlineData("bytes=-2", 206, "89", "bytes 8-9/10")]
    [InlineData("bytes=8-99", 206, "89", "bytes 8-9/10")]
    [InlineData("bytes=0-1,4-5", 200, "0123456789", null)]
    [InlineData("lines=1-2", 200, "0123456789", null)]
    [InlineData("nonsense", 200, "0123456789", null)]
    public async Task A_part_of_a_file_can_be_had(string? range, int status, string text, string? contentRange)
    {
        await _api.SendAsync("PUT", $"{Files}/a/b.txt", "0123456789");

        var answer = await _api.SendAsync("GET", $"{Files}/a/b.txt", null, range is null ? [] : [("Range", range)]);

        Assert.Equal((status, text, contentRange), (answer.Status, answer.Text, answer.Headers.GetValueOrDefault("Content-Range")));
    }

    [Fact]
    public async Task A_part_of_a_file_that_changed_meanwhile_is_the_whole_file()
    {
        await _api.SendAsync("PUT", $"{Files}/b.bin", "0123456789");
        var tag = (await _api.SendAsync("GET", $"{Files}/b.bin")).Headers["ETag"];
        Assert.Equal("56789", (await _api.SendAsync("GET", $"{Files}/b.bin", null, ("Range", "bytes=5-"), ("If-Range", tag))).Text);

        await _api.SendAsync("PUT", $"{Files}/b.bin", "another and longer content");

        var answer = await _api.SendAsync("GET", $"{Files}/b.bin", null, ("Range", "bytes=5-"), ("If-Range", tag));
        Assert.Equal((200, "another and longer content"), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task A_range_behind_the_end_is_refused()
    {
        await _api.SendAsync("PUT", $"{Files}/b.bin", "0123456789");

        var answer = await _api.SendAsync("GET", $"{Files}/b.bin", null, ("Range", "bytes=10-"));

        Assert.Equal((416, "bytes */10"), (answer.Status, answer.Headers["Content-Range"]));
    }

    [Theory]
    [InlineData("MLmodel", "text/plain; charset=utf-8")]
    [InlineData("table.json", "text/plain; charset=utf-8")]
    [InlineData("page.html", "text/html")]
    [InlineData("loss.svg", "image/svg+xml")]
    [InlineData("model.onnx", "application/octet-stream")]
    [InlineData("ä\"b.png", "image/png")]
    public async Task A_file_comes_as_an_attachment_of_its_type(string name, string type)
    {
        await _api.SendAsync("PUT", $"{Files}/{Uri.EscapeDataString(name)}", "x");

        var answer = await _api.SendAsync("GET", $"{Files}/{Uri.EscapeDataString(name)}");

        Assert.Equal(type, answer.ContentType);
        Assert.StartsWith("attachment; filename*=utf-8''", answer.Headers["Content-Disposition"], StringComparison.Ordinal);
        Assert.All(answer.Headers["Content-Disposition"], letter => Assert.InRange(letter, ' ', '~'));
    }

    [Theory]
    [InlineData("PUT", "..%2fx")]
    [InlineData("PUT", "a/..%2f..%2fx")]
    [InlineData("PUT", "%252e%252e/x")]
    [InlineData("PUT", "%2fetc%2fx")]
    [InlineData("PUT", "a%00b")]
    [InlineData("PUT", "a%5c..%5c..%5cx")]
    [InlineData("GET", "../../etc/passwd")]
    [InlineData("DELETE", "..")]
    [InlineData("DELETE", "")]
    public async Task No_path_leads_out_of_the_folder(string method, string path)
    {
        var answer = await _api.SendAsync(method, $"{Files}/{path}", method == "PUT" ? "x" : null);

        Assert.Equal((400, "INVALID_PARAMETER_VALUE"), (answer.Status, answer.ErrorCode));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_api.Folder));
    }

    [Fact]
    public async Task What_a_page_uploads_is_a_file_of_the_run()
    {
        var run = (await _api.SendAsync("POST", "/api/2.0/mlflow/runs/create", "{}")).Json["run"]!["info"]!;

        Assert.Equal(200, (await _api.SendAsync("POST", $"/ajax-api/2.0/mlflow/upload-artifact?run_uuid={run["run_id"]}&path=notes%2Fa.md", "# Note")).Status);

        var listing = (await _api.SendAsync("GET", $"/ajax-api/2.0/mlflow/artifacts/list?run_uuid={run["run_id"]}&path=notes")).Json;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""[{"path": "notes/a.md", "is_dir": false, "file_size": 6}]"""), listing["files"]), listing.ToString());
        Assert.Equal("# Note", (await _api.SendAsync("GET", $"/get-artifact?run_uuid={run["run_id"]}&path=notes/a.md")).Text);
    }

    [Theory]
    [InlineData("path=a", "Request must specify run_uuid.")]
    [InlineData("run_uuid=r", "Request must specify path.")]
    [InlineData("run_uuid=r&path=a", "Request must specify data.")]
    public async Task An_upload_without_what_it_needs_is_refused(string query, string message)
    {
        var answer = await _api.SendAsync("POST", $"/ajax-api/2.0/mlflow/upload-artifact?{query}");

        Assert.Equal((400, message), (answer.Status, (string?)answer.Json["message"]));
    }

    [Fact]
    public async Task An_upload_of_more_than_10_MB_is_refused_while_it_comes()
    {
        var answer = await _api.SendAsync("POST", "/ajax-api/2.0/mlflow/upload-artifact?run_uuid=r&path=a", new string('x', (10 * 1024 * 1024) + 1));

        Assert.StartsWith("Artifact size is too large", (string?)answer.Json["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Uploads_in_parts_are_not_implemented_and_say_so()
    {
        var answer = await _api.SendAsync("POST", "/api/2.0/mlflow-artifacts/mpu/create/a/b.bin", """{"path": "b.bin", "num_parts": 2}""");

        Assert.Equal((501, "NOT_IMPLEMENTED"), (answer.Status, answer.ErrorCode));
    }
}

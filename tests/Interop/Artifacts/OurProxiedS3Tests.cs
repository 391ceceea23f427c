using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Interop.Services;
using MLflowSharp;
using MLflowSharp.Artifacts.S3;

namespace Interop.Artifacts;

/// <summary>Our server keeps artifacts in S3: clients, ours and the real one's, use it as they use MLflow's.</summary>
[Collection(SharedCeph.Name)]
public sealed class OurProxiedS3Tests(CephGateway ceph, ArtifactServers servers) : ProxiedS3Suite(servers)
{
    [Fact]
    public async Task An_upload_that_is_given_up_leaves_nothing()
    {
        var file = await LocalFileAsync("large.bin", Bytes(17 << 20));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        Network.Before = request =>
        {
            if (request.RequestUri!.Query.Contains("partNumber", StringComparison.Ordinal))
                stop.Cancel();
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Repository.UploadFileAsync(file, "large.bin", new() { AroundTheServer = true }, stop.Token));

        Assert.Empty(await Repository.ListArtifactsAsync(null, Cancelled));
        using var clients = new S3Clients(ceph.Options);
        var folder = Root["mlflow-artifacts:/".Length..];
        var unfinished = await clients.Client.ListMultipartUploadsAsync(new Amazon.S3.Model.ListMultipartUploadsRequest { BucketName = await ceph.BucketAsync() }, Cancelled);
        Assert.DoesNotContain(unfinished.MultipartUploads ?? [], upload => upload.Key.Contains(folder, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("abort", """{"path": "x.bin", "upload_id": "2~nothing"}""", 404, "RESOURCE_DOES_NOT_EXIST")]
    [InlineData("complete", """{"path": "x.bin", "upload_id": "2~nothing", "parts": [{"part_number": 0, "etag": "a"}]}""", 400, "INVALID_PARAMETER_VALUE")]
    [InlineData("create", """{"path": "x.bin", "num_parts": 10001}""", 400, "INVALID_PARAMETER_VALUE")]
    [InlineData("create", """{"num_parts": 1}""", 400, "INVALID_PARAMETER_VALUE")]
    [InlineData("create", """{"path": "..", "num_parts": 1}""", 400, "INVALID_PARAMETER_VALUE")]
    public async Task What_cannot_be_is_refused(string what, string request, int status, string code)
    {
        var (answered, json) = await AskAsync($"mlflow-artifacts/mpu/{what}/1/a", JsonNode.Parse(request)!);
        Assert.Equal((status, code), (answered, (string?)json["error_code"]));
    }

    [Fact]
    public async Task A_file_without_its_parts_is_not_made()
    {
        var (_, upload) = await AskAsync("mlflow-artifacts/mpu/create/1/a", new JsonObject { ["path"] = "C:\\data\\x.bin", ["num_parts"] = 2 });
        Assert.All(upload["credentials"]!.AsArray(), part => Assert.Contains("/1/a/x.bin?", (string)part!["url"]!, StringComparison.Ordinal));
        var end = new JsonObject { ["path"] = "x.bin", ["upload_id"] = (string)upload["upload_id"]!, ["parts"] = new JsonArray(new JsonObject { ["part_number"] = 1, ["etag"] = "0123456789abcdef0123456789abcdef" }) };

        var (status, error) = await AskAsync("mlflow-artifacts/mpu/complete/1/a", end);
        Assert.Equal((400, "INVALID_PARAMETER_VALUE"), (status, (string?)error["error_code"]));
        Assert.Equal(200, (await AskAsync("mlflow-artifacts/mpu/abort/1/a", end)).Status);
        Assert.Equal(404, (await AskAsync("mlflow-artifacts/mpu/abort/1/a", end)).Status);
        Assert.Equal(404, (await AskAsync("mlflow-artifacts/presigned/1/a/x.bin", null)).Status);
    }

    [Fact]
    public async Task A_file_of_a_run_in_S3_is_written_and_read_at_signed_addresses()
    {
        using var http = new HttpClient { BaseAddress = new(await AddressAsync()) };
        using var client = new MlflowClient(http.BaseAddress.ToString(), new() { S3 = ceph.Options });
        var experiment = await client.CreateExperimentAsync($"direct {Guid.NewGuid():N}", $"s3://{await ceph.BucketAsync()}/direct {Guid.NewGuid():N}", cancellationToken: Cancelled);
        var run = (await client.CreateRunAsync(experiment, cancellationToken: Cancelled)).Info.RunId;

        var place = await SignAsync("presigned-upload-url", new() { ["run_id"] = run, ["path"] = "notes/ä 1.txt", ["expiration"] = 60 });
        Assert.Equal("text/plain", (string?)place["headers"]!["Content-Type"]);
        using (var content = new ByteArrayContent("straight there"u8.ToArray()))
        {
            foreach (var (name, value) in place["headers"]!.AsObject())
                content.Headers.TryAddWithoutValidation(name, (string?)value);
            (await http.PutAsync(new Uri((string)place["presigned_url"]!), content, Cancelled)).EnsureSuccessStatusCode();
        }

        Assert.Equal([new ArtifactInfo("notes/ä 1.txt", IsDirectory: false, 14)], await client.ListArtifactsAsync(run, "notes", Cancelled));
        var read = await SignAsync("presigned-download-url", new() { ["run_id"] = run, ["path"] = "notes/ä 1.txt" });
        Assert.Equal(14, (long)read["file_size"]!);
        using var got = await http.GetAsync(new Uri((string)read["presigned_url"]!), Cancelled);
        Assert.Equal("straight there", await got.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal(("attachment", "ä 1.txt"), (got.Content.Headers.ContentDisposition?.DispositionType, got.Content.Headers.ContentDisposition?.FileNameStar));

        // Signed for this file and method: it opens nothing else.
        Assert.False((await http.GetAsync(new Uri(((string)read["presigned_url"]!).Replace("1.txt", "2.txt", StringComparison.Ordinal)), Cancelled)).IsSuccessStatusCode);
        Assert.False((await http.DeleteAsync(new Uri((string)read["presigned_url"]!), Cancelled)).IsSuccessStatusCode);

        async Task<JsonNode> SignAsync(string address, JsonObject request)
        {
            var (status, json) = await AskAsync($"mlflow/artifacts/{address}", request);
            Assert.True(status == 200, json.ToJsonString());
            return json;
        }
    }

    private protected override bool ChangesNames => false;

    private protected override Task<string> AddressAsync() => Servers.OurInS3Async(ceph);

    private async Task<(int Status, JsonNode Json)> AskAsync(string address, JsonNode? request)
    {
        using var http = new HttpClient { BaseAddress = new(await AddressAsync()) };
        using var content = request is null ? null : new StringContent(request.ToJsonString(), null, "application/json");
        using var sent = new HttpRequestMessage(request is null ? HttpMethod.Get : HttpMethod.Post, new Uri($"/api/2.0/{address}", UriKind.Relative)) { Content = content };
        using var answer = await http.SendAsync(sent, Cancelled);
        return ((int)answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonNode>(Cancelled))!);
    }
}

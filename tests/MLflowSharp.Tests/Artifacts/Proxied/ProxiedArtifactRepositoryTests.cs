using System.Net;
using MLflowSharp.Artifacts;
using MLflowSharp.Artifacts.Transfer;
using MLflowSharp.Tests.Artifacts.Suite;

namespace MLflowSharp.Tests.Artifacts.Proxied;

public sealed class ProxiedArtifactRepositoryTests : ArtifactRepositorySuite
{
    private const string Server = "http://localhost:5000/prefix";
    private const int Mebibyte = 1 << 20;
    private FakeArtifactServer _server = null!;
    private NetworkHandler _network = null!;
    private ArtifactRepositories _repositories = null!;

    public override ValueTask InitializeAsync()
    {
        _server = new(Path.Combine(Local, "kept"));
        _network = new(new WithoutPrefix(_server));
        _repositories = new(Server, new MlflowClientOptions
        {
            Http = new() { Handler = _network, MaxRetries = 2, BackoffFactor = 0, BackoffJitter = 0, Username = "me", Password = "pass-word" },
        });
        return base.InitializeAsync();
    }

    public override ValueTask DisposeAsync()
    {
        _repositories.Dispose();
        return base.DisposeAsync();
    }

    [Fact]
    public async Task A_file_has_the_path_that_MLflow_gives_it()
    {
        await WriteAsync("a b/ä.txt", "text");
        Assert.Equal("text", await File.ReadAllTextAsync(Path.Combine(Local, "kept", "1", "run", "artifacts", "a b", "ä.txt"), Cancelled));
        Assert.Contains(_network.Requests, request => request.Uri.AbsoluteUri == $"{Server}/api/2.0/mlflow-artifacts/artifacts/1/run/artifacts/a%20b/%C3%A4.txt");
    }

    [Fact]
    public async Task A_server_without_artifacts_is_said_clearly_and_at_once()
    {
        _server.Refusal = (HttpStatusCode.ServiceUnavailable, "Endpoint: /api disabled due to the mlflow server running with `--no-serve-artifacts`. To enable, run `mlflow server` with `--serve-artifacts`");
        var error = await Assert.ThrowsAsync<MlflowException>(() => WriteAsync("a.txt", "x"));
        Assert.Equal(ErrorCode.TemporarilyUnavailable, error.ErrorCode);
        Assert.Contains("--serve-artifacts", error.Message, StringComparison.Ordinal);
        Assert.Single(_network.Requests);
    }

    [Fact]
    public async Task An_upload_is_repeated_while_its_failure_may_pass()
    {
        var failures = 2;
        _network.Before = _ =>
        {
            if (failures-- > 0)
                throw new HttpRequestException("The network is away.");
        };
        await Repository.UploadFileAsync(await LocalFileAsync("source.bin", Bytes(300_000)), "a.bin", null, Cancelled);
        Assert.Equal(Bytes(300_000), await ReadAsync("a.bin"));

        failures = 10;
        Assert.Equal(ErrorCode.TemporarilyUnavailable, (await Assert.ThrowsAsync<MlflowException>(() => WriteAsync("b.txt", "x"))).ErrorCode);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_taken_up_where_it_stopped()
    {
        var content = Bytes(3 * Mebibyte);
        await Repository.UploadFileAsync(await LocalFileAsync("source.bin", content), "a.bin", null, Cancelled);
        (_network.CutAfter, _network.Cuts) = (Mebibyte, 2);
        var copy = Path.Combine(Local, "copy.bin");
        await Repository.DownloadFileAsync("a.bin", copy, null, Cancelled);
        Assert.Equal(content, await File.ReadAllBytesAsync(copy, Cancelled));
        Assert.Equal([null, $"bytes={Mebibyte}-", $"bytes={2 * Mebibyte}-"], _network.Requests.Where(request => request.Method == HttpMethod.Get && request.Uri.AbsolutePath.EndsWith("a.bin", StringComparison.Ordinal)).Select(request => request.Range));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_later_call_goes_on_when_the_original_is_unchanged(bool changed)
    {
        var content = Bytes(3 * Mebibyte);
        await Repository.UploadFileAsync(await LocalFileAsync("source.bin", content), "a.bin", null, Cancelled);
        var copy = Path.Combine(Local, "copies", "copy.bin");
        (_network.CutAfter, _network.Cuts) = (2 * Mebibyte, 1);
        await Assert.ThrowsAsync<MlflowException>(() => Repository.DownloadFileAsync("a.bin", copy, new() { Retries = 0 }, Cancelled));
        Assert.False(File.Exists(copy));
        if (changed)
        {
            content = [.. content.Reverse()];
            await Repository.UploadFileAsync(await LocalFileAsync("source.bin", content), "a.bin", null, Cancelled);
        }

        await Repository.DownloadFileAsync("a.bin", copy, null, Cancelled);
        Assert.Equal(content, await File.ReadAllBytesAsync(copy, Cancelled));
        Assert.Equal(["copy.bin"], Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(copy)!).Select(Path.GetFileName));
        Assert.Equal($"bytes={2 * Mebibyte}-", _network.Requests[^1].Range);
    }

    [Theory]
    [InlineData("../evil.txt")]
    [InlineData("/etc/evil.txt")]
    [InlineData("..")]
    [InlineData("a/../../evil.txt")]
    [InlineData("..\\\\evil.txt")]
    [InlineData("C:evil.txt")]
    [InlineData("evil\\u0000.txt")]
    public async Task A_hostile_listing_writes_nothing(string name)
    {
        _server.Listing = $$"""{"files": [{"path": "{{name}}", "is_dir": false, "file_size": 1}]}""";
        var copies = Path.Combine(Local, "x", "copies");
        Assert.Equal(ErrorCode.InvalidParameterValue, (await Assert.ThrowsAsync<MlflowException>(() => ArtifactTransfer.DownloadAsync(Repository, "", copies, null, Cancelled))).ErrorCode);
        Assert.Empty(Directory.EnumerateFiles(Local, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Folders_without_end_are_given_up()
    {
        _server.Listing = """{"files": [{"path": "a-folder-with-a-rather-long-name-that-holds-itself-again-and-again-and-never-ends", "is_dir": true}]}""";
        Assert.Equal(
            ErrorCode.InvalidParameterValue,
            (await Assert.ThrowsAsync<MlflowException>(() => ArtifactTransfer.DownloadAsync(Repository, "", Path.Combine(Local, "copies"), null, Cancelled))).ErrorCode);
    }

    [Theory]
    [InlineData("a%41.txt", true)]
    [InlineData("a%20b.txt", true)]
    [InlineData("a%41.txt", false)]
    [InlineData("a%20b.txt", false)]
    public async Task A_name_that_the_server_would_change_is_refused(string name, bool decodesTwice)
    {
        _server.DecodesTwice = decodesTwice;
        if (decodesTwice)
        {
            Assert.Equal(ErrorCode.InvalidParameterValue, (await Assert.ThrowsAsync<MlflowException>(() => WriteAsync(name, "x"))).ErrorCode);
            Assert.Empty(await Repository.ListArtifactsAsync(null, Cancelled));
            return;
        }

        await WriteAsync(name, "x");
        Assert.Equal("x"u8.ToArray(), await ReadAsync(name));
    }

    [Fact]
    public async Task Credentials_go_to_the_tracking_server_and_nowhere_else()
    {
        await WriteAsync("a.txt", "x");
        Assert.All(_server.Authorizations, header => Assert.StartsWith("Basic ", header, StringComparison.Ordinal));
        _server.Authorizations.Clear();
        await _repositories.Get("mlflow-artifacts://elsewhere:80/1/run").ListArtifactsAsync(null, Cancelled);
        await _repositories.Get("http://elsewhere/api/2.0/mlflow-artifacts/artifacts/1/run").ListArtifactsAsync(null, Cancelled);
        Assert.Equal([null, null], _server.Authorizations);
    }

    [Theory]
    [InlineData("mlflow-artifacts:/1/run/artifacts")]
    [InlineData("mlflow-artifacts:1/run/artifacts/")]
    [InlineData("mlflow-artifacts:///1/run/artifacts")]
    [InlineData("mlflow-artifacts://localhost:5000/1/run/artifacts")]
    [InlineData($"{Server}/api/2.0/mlflow-artifacts/artifacts/1/run/artifacts")]
    public async Task Every_way_of_writing_the_address_is_the_same_place(string uri)
    {
        await WriteAsync("a.txt", "x");
        Assert.Equal(["a.txt"], (await _repositories.Get(uri).ListArtifactsAsync(null, Cancelled)).Select(entry => entry.Path));
    }

    [Theory]
    [InlineData("mlflow-artifacts://5000/path", Server)]
    [InlineData("mlflow-artifacts:/path", "sqlite:///mlflow.db")]
    [InlineData("mlflow-artifacts:/../path", Server)]
    public void An_address_without_a_server_is_refused(string uri, string trackingUri)
    {
        using var repositories = new ArtifactRepositories(trackingUri, new MlflowClientOptions());
        Assert.Equal(ErrorCode.InvalidParameterValue, Assert.Throws<MlflowException>(() => repositories.Get(uri)).ErrorCode);
    }

    protected override Task<IArtifactRepository> NewRepositoryAsync() => Task.FromResult(_repositories.Get("mlflow-artifacts:/1/run/artifacts"));

    /// <summary>A proxy before the server that serves it under a prefix.</summary>
    private sealed class WithoutPrefix(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new(request.RequestUri!.AbsoluteUri.Replace("/prefix/", "/", StringComparison.Ordinal));
            return base.SendAsync(request, cancellationToken);
        }
    }
}

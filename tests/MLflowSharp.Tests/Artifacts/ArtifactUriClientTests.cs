namespace MLflowSharp.Tests.Artifacts;

public sealed class ArtifactUriClientTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MlflowClient _client;
    private readonly string _runId;

    public ArtifactUriClientTests()
    {
        _client = _folder.NewClient();
        _runId = _client.CreateRun("0").Info.RunId;
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Copies => Path.Combine(_folder.FullName, "copies");

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_run_s_file_and_folder_are_found_by_URI()
    {
        await _client.LogTextAsync(_runId, "text", "a b/c.txt", Cancelled);
        Assert.Equal("text", await File.ReadAllTextAsync(_client.DownloadArtifacts($"runs:/{_runId}/a b/c.txt"), Cancelled));
        Assert.Equal("text", await File.ReadAllTextAsync(_client.DownloadArtifacts($"runs:/{_runId}/a%20b/c.txt"), Cancelled));
        Assert.Equal("text", await File.ReadAllTextAsync(_client.DownloadArtifacts($"runs://host/{_runId}/a b/c.txt"), Cancelled));
        Assert.Equal(Path.Combine(Copies, "a b"), _client.DownloadArtifacts(artifactUri: $"runs:/{_runId}/a b", destinationDirectory: Copies));
        Assert.Equal(Copies, _client.DownloadArtifacts(artifactUri: $"runs:/{_runId}", destinationDirectory: Copies));
        Assert.Equal("text", await File.ReadAllTextAsync(Path.Combine(Copies, "a b", "c.txt"), Cancelled));
    }

    [Fact]
    public async Task A_local_path_or_file_URI_is_downloaded_under_its_name()
    {
        var file = Path.Combine(_folder.FullName, "x y", "a.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, "text", Cancelled);
        foreach (var uri in (string[])[file, new Uri(file).AbsoluteUri])
        {
            Assert.Equal(file, _client.DownloadArtifacts(uri));
            Assert.Equal(Path.Combine(Copies, "a.txt"), _client.DownloadArtifacts(uri, destinationDirectory: Copies));
        }
    }

    [Fact]
    public async Task A_model_is_found_by_identifier_version_alias_and_run()
    {
        var model = await _client.CreateLoggedModelAsync("0", "net", _runId, cancellationToken: Cancelled);
        Directory.CreateDirectory(Path.Combine(model.ArtifactLocation, "data"));
        await File.WriteAllTextAsync(Path.Combine(model.ArtifactLocation, "MLmodel"), "flavors: {}", Cancelled);
        await File.WriteAllTextAsync(Path.Combine(model.ArtifactLocation, "data", "w.bin"), "weights", Cancelled);
        await _client.FinalizeLoggedModelAsync(model.ModelId, cancellationToken: Cancelled);
        await _client.LogOutputsAsync(_runId, [new LoggedModelOutput(model.ModelId, 0)], Cancelled);
        await _client.CreateRegisteredModelAsync("net", cancellationToken: Cancelled);
        await _client.CreateModelVersionAsync("net", $"models:/{model.ModelId}", cancellationToken: Cancelled);
        await _client.SetRegisteredModelAliasAsync("net", "best", "1", Cancelled);

        foreach (var uri in (string[])[$"models:/{model.ModelId}", "models:/net/1", "models:/net@best", "models:/net/latest", $"runs:/{_runId}/net"])
        {
            Assert.Equal("flavors: {}", await File.ReadAllTextAsync(Path.Combine(_client.DownloadArtifacts(uri), "MLmodel"), Cancelled));
            Assert.Equal("weights", await File.ReadAllTextAsync(_client.DownloadArtifacts($"{uri}/data/w.bin"), Cancelled));
        }

        var copy = _client.DownloadArtifacts("models:/net@best", destinationDirectory: Copies);
        Assert.Equal("model_name: net\nmodel_version: \"1\"\n", await File.ReadAllTextAsync(Path.Combine(copy, "registered_model_meta"), Cancelled));
        Assert.False(File.Exists(Path.Combine(model.ArtifactLocation, "registered_model_meta")));
    }

    [Theory]
    [InlineData("runs:/")]
    [InlineData("models:/a/b/../../c")]
    [InlineData("s3:///x/y")]
    [InlineData("mlflow-artifacts:/x/y")]
    public void A_URI_that_is_none_is_refused(string uri) =>
        Assert.Equal(ErrorCode.InvalidParameterValue, Assert.Throws<MlflowException>(() => _client.DownloadArtifacts(uri)).ErrorCode);

    [Theory]
    [InlineData("runs:/0123456789abcdef0123456789abcdef/x")]
    [InlineData("models:/nothing/1")]
    [InlineData("/no/such/file")]
    public void What_is_not_there_is_said_to_be_missing(string uri) =>
        Assert.Equal(ErrorCode.ResourceDoesNotExist, Assert.Throws<MlflowException>(() => _client.DownloadArtifacts(uri)).ErrorCode);
}

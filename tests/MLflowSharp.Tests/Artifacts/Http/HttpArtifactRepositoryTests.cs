using System.Net;
using MLflowSharp.Artifacts;
using MLflowSharp.Artifacts.Transfer;

namespace MLflowSharp.Tests.Artifacts.Http;

public sealed class HttpArtifactRepositoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Web _web = new();
    private readonly ArtifactRepositories _repositories;

    public HttpArtifactRepositoryTests() => _repositories = new("http://tracking:5000", new MlflowClientOptions
    {
        Http = new() { Handler = _web, MaxRetries = 0, Token = "the-token" },
    });

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _repositories.Dispose();
        _web.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_file_is_downloaded_without_credentials()
    {
        var path = await ArtifactTransfer.DownloadAsync(_repositories.Get("https://files.example/models?key=1"), "a b.txt", _folder.FullName, null, Cancelled);
        Assert.Equal("GET /models/a%20b.txt?key=1", await File.ReadAllTextAsync(path, Cancelled));
        Assert.Equal([null], _web.Authorizations);
    }

    [Fact]
    public async Task An_address_that_moved_is_followed()
    {
        _web.Moved["/old/a.txt"] = "https://other.example/new.txt";
        var path = await ArtifactTransfer.DownloadAsync(_repositories.Get("https://files.example/old"), "a.txt", _folder.FullName, null, Cancelled);
        Assert.Equal("GET /new.txt", await File.ReadAllTextAsync(path, Cancelled));
    }

    [Theory]
    [InlineData("http://other.example/new.txt")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://files.example/old/a.txt")]
    public async Task An_address_that_moves_to_where_nothing_is_safe_is_not_followed(string target)
    {
        _web.Moved["/old/a.txt"] = target;
        var error = await Assert.ThrowsAsync<MlflowException>(() => ArtifactTransfer.DownloadAsync(_repositories.Get("https://files.example/old"), "a.txt", _folder.FullName, null, Cancelled));
        Assert.Equal(ErrorCode.BadRequest, error.ErrorCode);
    }

    [Fact]
    public async Task A_missing_file_is_said_to_be_missing()
    {
        var web = _repositories.Get("https://files.example/none");
        Assert.Equal(ErrorCode.ResourceDoesNotExist, (await Assert.ThrowsAsync<MlflowException>(() => ArtifactTransfer.DownloadAsync(web, "none.txt", _folder.FullName, null, Cancelled))).ErrorCode);
        Assert.False(await web.ExistsAsync("none.txt", Cancelled));
        Assert.True(await web.ExistsAsync("there.txt", Cancelled));
    }

    [Fact]
    public async Task Listing_and_writing_are_refused_with_what_to_do()
    {
        var web = _repositories.Get("https://files.example/x");
        foreach (var attempt in (Func<Task>[])
        [
            () => web.ListArtifactsAsync(null, Cancelled),
            () => web.WriteAsync("a.txt", (_, _) => Task.CompletedTask, Cancelled),
            () => web.DeleteArtifactsAsync("a.txt", Cancelled),
            () => ArtifactTransfer.DownloadAsync(web, "", _folder.FullName, null, Cancelled),
        ])
        {
            Assert.Equal(ErrorCode.NotImplemented, (await Assert.ThrowsAsync<MlflowException>(attempt)).ErrorCode);
        }
    }

    /// <summary>Answers with what was asked for.</summary>
    private sealed class Web : HttpMessageHandler
    {
        public Dictionary<string, string> Moved { get; } = [];

        public List<string?> Authorizations { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Authorizations.Add(request.Headers.Authorization?.ToString());
            var uri = request.RequestUri!;
            if (Moved.TryGetValue(uri.AbsolutePath, out var target))
                return Task.FromResult(new HttpResponseMessage(HttpStatusCode.Redirect) { Headers = { Location = new(target) } });
            return Task.FromResult(uri.AbsolutePath.EndsWith("none.txt", StringComparison.Ordinal)
                ? new HttpResponseMessage(HttpStatusCode.NotFound)
                : new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent($"GET {uri.PathAndQuery}") });
        }
    }
}

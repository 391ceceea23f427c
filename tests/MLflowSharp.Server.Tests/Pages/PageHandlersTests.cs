using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using MLflowSharp.Stores;
using MLflowSharp.Tests;

namespace MLflowSharp.Server.Tests.Pages;

/// <summary>MLflow's web pages as files; tests/Interop opens them in a browser.</summary>
public sealed class PageHandlersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _pages;

    public PageHandlersTests()
    {
        _pages = Path.Combine(_folder.FullName, "build");
        Directory.CreateDirectory(Path.Combine(_pages, "static", "js"));
        File.WriteAllText(Path.Combine(_folder.FullName, "secret.txt"), "not for everyone");
        File.WriteAllText(Path.Combine(_pages, "index.html"), "<!doctype html><title>MLflow</title>");
        File.WriteAllText(Path.Combine(_pages, "static", "js", "main.js"), "'ä'");
        File.WriteAllText(Path.Combine(_pages, "static", "name with space.svg"), "<svg/>");
        File.WriteAllText(Path.Combine(_pages, "static", "worker.mjs"), "");
        File.WriteAllText(Path.Combine(_pages, "static", "old.cjs"), "");
        File.WriteAllText(Path.Combine(_pages, "static", "odd.unknown"), "?");
    }

    private TrackingServerOptions Options => new()
    {
        BackendStoreUri = _folder.TrackingUri,
        ArtifactsDestination = Path.Combine(_folder.FullName, "mlartifacts"),
        PagesFolder = _pages,
        Port = 0,
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/", "text/html; charset=utf-8", "<!doctype html><title>MLflow</title>")]
    [InlineData("/?x=1", "text/html; charset=utf-8", "<!doctype html><title>MLflow</title>")]
    [InlineData("/static-files/static/js/main.js", "text/javascript; charset=utf-8", "'ä'")]
    [InlineData("/static-files/static/name%20with%20space.svg", "image/svg+xml", "<svg/>")]
    [InlineData("/static-files/static/worker.mjs", "text/javascript; charset=utf-8", "")]
    [InlineData("/static-files/static/old.cjs", "text/javascript; charset=utf-8", "")]
    [InlineData("/static-files/static/odd.unknown", "application/octet-stream", "?")]
    [InlineData("/static-files/index.html", "text/html; charset=utf-8", "<!doctype html><title>MLflow</title>")]
    public async Task A_file_of_the_pages_is_served(string target, string type, string text)
    {
        var answer = await SendAsync("GET", target);

        Assert.Equal((200, type, text), (answer.Status, answer.ContentType, answer.Text));
    }

    [Theory]
    [InlineData("/static-files/../secret.txt")]
    [InlineData("/static-files/static/..%2F..%2F..%2Fsecret.txt")]
    [InlineData("/static-files/%2e%2e/secret.txt")]
    [InlineData("/static-files/..%5Csecret.txt")]
    [InlineData("/static-files/C:%5Cwindows%5Cwin.ini")]
    [InlineData("/static-files//etc/passwd")]
    [InlineData("/static-files/%2Fetc%2Fpasswd")]
    [InlineData("/static-files/index.html%00.js")]
    [InlineData("/static-files/static")]
    [InlineData("/static-files/static/")]
    [InlineData("/static-files/")]
    [InlineData("/static-files/nope.js")]
    [InlineData("/index.html")]
    public async Task Nothing_else_is(string target)
    {
        var answer = await SendAsync("GET", target);

        Assert.Equal(404, answer.Status);
        Assert.DoesNotContain("everyone", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_are_kept_by_browsers_and_the_first_page_is_asked_for_again()
    {
        var script = await SendAsync("GET", "/static-files/static/js/main.js");
        var page = await SendAsync("GET", "/");
        Assert.Equal(("public, max-age=2419200", "no-cache"), (script.Headers["Cache-Control"], page.Headers["Cache-Control"]));

        var same = await SendAsync("GET", "/", ("If-None-Match", page.Headers["ETag"]));
        Assert.Equal((304, ""), (same.Status, same.Text));
        File.AppendAllText(Path.Combine(_pages, "index.html"), "<p>new");
        Assert.Equal(200, (await SendAsync("GET", "/", ("If-None-Match", page.Headers["ETag"]))).Status);
        Assert.Equal(405, (await SendAsync("POST", "/")).Status);
    }

    [Theory]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0, gzip;q=0.5", "gzip")]
    [InlineData("identity", null)]
    [InlineData(null, null)]
    public async Task Files_that_can_be_smaller_are_sent_compressed(string? accepted, string? encoding)
    {
        var text = string.Concat(Enumerable.Repeat("const answer = 42;\n", 1000));
        await File.WriteAllTextAsync(Path.Combine(_pages, "static", "long.js"), text, TestContext.Current.CancellationToken);
        await using var server = await TrackingServer.StartAsync(Options, TestContext.Current.CancellationToken);
        using var handler = new HttpClientHandler { AutomaticDecompression = DecompressionMethods.None };
        using var http = new HttpClient(handler) { BaseAddress = new(server.TrackingUri) };
        if (accepted is not null)
            http.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Encoding", accepted);

        foreach (var _ in Enumerable.Range(0, 2))
        {
            using var answer = await http.GetAsync(new Uri("/static-files/static/long.js", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(encoding ?? "", string.Join(',', answer.Content.Headers.ContentEncoding));
            Assert.Equal("Accept-Encoding", answer.Headers.Vary.ToString());
            Assert.Equal(encoding is not null, answer.Content.Headers.ContentLength < text.Length / 10);
            await using var content = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
            await using Stream plain = encoding switch { "br" => new BrotliStream(content, CompressionMode.Decompress), "gzip" => new GZipStream(content, CompressionMode.Decompress), _ => content };
            using var reader = new StreamReader(plain);
            Assert.Equal(text, await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_server_with_pages_serves_them_under_its_prefix_and_behind_its_token()
    {
        await using var server = await TrackingServer.StartAsync(Options with { PathPrefix = "/proxy/5000", Token = "s3cret" }, TestContext.Current.CancellationToken);
        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(new Uri($"{server.TrackingUri}/"), TestContext.Current.CancellationToken)).StatusCode);

        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "s3cret");
        Assert.Contains("MLflow", await http.GetStringAsync(new Uri($"{server.TrackingUri}/"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var head = await http.SendAsync(new(HttpMethod.Head, $"{server.TrackingUri}/static-files/static/js/main.js"), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, 4L), (head.StatusCode, head.Content.Headers.ContentLength));
    }

    [Fact]
    public async Task A_folder_without_pages_is_refused_before_a_database_is_made()
    {
        var refused = await Assert.ThrowsAsync<MlflowException>(() => TrackingServer.StartAsync(Options with { PagesFolder = _folder.FullName }, TestContext.Current.CancellationToken));

        Assert.Equal(ErrorCode.InvalidParameterValue, refused.ErrorCode);
        Assert.Contains("index.html", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder.FullName, "mlflow.db")));
    }

    [Fact]
    public async Task A_server_without_pages_leads_to_our_own()
    {
        using var api = new ApiUnderTest();

        var answer = await api.SendAsync("GET", "/");
        Assert.Equal((302, "light/experiments"), (answer.Status, answer.Headers["Location"]));
        Assert.Equal(404, (await api.SendAsync("GET", "/static-files/index.html")).Status);
    }

    [Fact]
    public async Task A_server_with_pages_has_our_own_beside_them() => Assert.Equal(200, (await SendAsync("GET", "/light/experiments")).Status);

    private async Task<Answer> SendAsync(string method, string target, params (string Name, string Value)[] headers)
    {
        using var stores = StoreFactory.Open("sqlite:///:memory:", new());
        using var api = new RestApi(stores, new() { PagesFolder = _pages });
        var request = new RestRequest { Method = method, Target = target, Headers = headers.ToDictionary(header => header.Name, header => header.Value) };
        return await Answer.OfAsync(await api.HandleAsync(request, TestContext.Current.CancellationToken));
    }
}

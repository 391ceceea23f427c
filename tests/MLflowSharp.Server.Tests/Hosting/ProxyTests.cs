using System.Net;
using System.Net.Http.Headers;
using System.Text;
using MLflowSharp.Tests;

namespace MLflowSharp.Server.Tests.Hosting;

/// <summary>Behind the proxies of clusters: <c>/rnode/NODE/PORT/</c> takes its prefix away, <c>/proxy/PORT/</c> does so or leaves it.</summary>
public sealed class ProxyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/rnode/rc4183/5000", true)]
    [InlineData("/node/rc4183/8888/proxy/5000", true)]
    [InlineData("/proxy/5000", false)]
    public async Task A_browser_signs_in_and_loads_the_pages_by_their_relative_addresses(string prefix, bool strips)
    {
        await using var server = await StartAsync(strips ? "" : prefix);
        await using var proxy = await ReverseProxy.StartAsync(new(server.TrackingUri), prefix, strips);
        var cookies = new CookieContainer();
        using var handler = new HttpClientHandler { CookieContainer = cookies };
        using var http = new HttpClient(handler);

        using var first = await http.GetAsync(new Uri($"{proxy.Address}/?token=s3cret"), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, $"{proxy.Address}/"), (first.StatusCode, first.RequestMessage!.RequestUri!.AbsoluteUri));

        var page = first.RequestMessage.RequestUri;
        foreach (var relative in (string[])["static-files/main.js", "ajax-api/2.0/mlflow/experiments/get?experiment_id=0", "version"])
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(page, relative), TestContext.Current.CancellationToken)).StatusCode);
        using var change = new HttpRequestMessage(HttpMethod.Post, new Uri(page, "ajax-api/2.0/mlflow/experiments/create")) { Content = new StringContent("""{"name": "through"}""", Encoding.UTF8, "application/json") };
        change.Headers.Add("Origin", new Uri(proxy.Address).GetLeftPart(UriPartial.Authority));
        Assert.Equal(HttpStatusCode.OK, (await http.SendAsync(change, TestContext.Current.CancellationToken)).StatusCode);

        // What lies beside the prefix on the same host never sees the cookie.
        Assert.Empty(cookies.GetCookies(new Uri(new Uri(proxy.Address), "/rnode/rc4183/6000/")));
        Assert.NotEmpty(cookies.GetCookies(new Uri(page, "graphql")));
    }

    [Theory]
    [InlineData("/rnode/rc4183/5000", true)]
    [InlineData("/proxy/5000", false)]
    public async Task A_client_logs_through_it_with_the_token(string prefix, bool strips)
    {
        await using var server = await StartAsync(strips ? "" : prefix);
        await using var proxy = await ReverseProxy.StartAsync(new(server.TrackingUri), prefix, strips);
        using var client = new MlflowClient(proxy.Address, new() { Http = new() { MaxRetries = 0, Token = "s3cret" }, Journal = new() { Folder = Path.Combine(_folder.FullName, "journals") } });
        var run = client.CreateRun("0").Info.RunId;
        client.LogBatch(run, [new("loss", 0.5, 1, 2)], [], []);

        Assert.Equal(0.5, client.GetRun(run).Data.Metrics["loss"]);
    }

    [Fact]
    public async Task The_name_that_a_proxy_is_known_by_has_to_be_allowed_and_its_pages_are_then_the_servers_own()
    {
        await using var refusing = await StartAsync("");
        await using var allowing = await StartAsync("", "www.roihu.csc.fi");
        await using var toRefusing = await ReverseProxy.StartAsync(new(refusing.TrackingUri), "/rnode/n/1", strips: true, host: "www.roihu.csc.fi");
        await using var toAllowing = await ReverseProxy.StartAsync(new(allowing.TrackingUri), "/rnode/n/1", strips: true, host: "www.roihu.csc.fi");

        Assert.Equal(HttpStatusCode.Forbidden, await CreateAsync(toRefusing, "https://www.roihu.csc.fi"));
        Assert.Equal(HttpStatusCode.OK, await CreateAsync(toAllowing, "https://www.roihu.csc.fi"));
        Assert.Equal(HttpStatusCode.Forbidden, await CreateAsync(toAllowing, "https://evil.example"));
        Assert.Equal(HttpStatusCode.Forbidden, await CreateAsync(toAllowing, "null"));
    }

    private static async Task<HttpStatusCode> CreateAsync(ReverseProxy proxy, string origin)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "s3cret");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{proxy.Address}/api/2.0/mlflow/experiments/create")) { Content = new StringContent("""{"name": "a"}""", Encoding.UTF8, "application/json") };
        request.Headers.Add("Origin", origin);
        return (await http.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode;
    }

    private Task<TrackingServer> StartAsync(string prefix, params string[] hosts)
    {
        var pages = Directory.CreateDirectory(Path.Combine(_folder.FullName, "pages")).FullName;
        File.WriteAllText(Path.Combine(pages, "index.html"), """<!doctype html><script src="static-files/main.js"></script>""");
        File.WriteAllText(Path.Combine(pages, "main.js"), "''");
        return TrackingServer.StartAsync(
            new()
            {
                BackendStoreUri = $"sqlite:///{Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.db")}",
                ArtifactsDestination = null,
                PagesFolder = pages,
                Port = 0,
                Token = "s3cret",
                PathPrefix = prefix,
                AllowedHosts = hosts.Length > 0 ? hosts : null,
            },
            TestContext.Current.CancellationToken);
    }
}

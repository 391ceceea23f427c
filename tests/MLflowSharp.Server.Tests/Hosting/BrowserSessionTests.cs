using System.Net;
using MLflowSharp.Server.Hosting;
using MLflowSharp.Tests;

namespace MLflowSharp.Server.Tests.Hosting;

/// <summary>How a browser comes in with the address that the server printed.</summary>
public sealed class BrowserSessionTests : IDisposable
{
    private const string Token = "s3cret";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_first_visit_sets_a_cookie_and_leaves_the_token_behind()
    {
        await using var server = await StartAsync("");
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = new(server.TrackingUri) };

        using var first = await http.GetAsync($"/?token={Token}", TestContext.Current.CancellationToken);
        var cookie = Assert.Single(first.Headers.GetValues("Set-Cookie"));
        Assert.Equal((HttpStatusCode.SeeOther, "./"), (first.StatusCode, first.Headers.Location?.OriginalString));
        Assert.Contains("; HttpOnly; SameSite=Lax", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("Secure", cookie, StringComparison.Ordinal);

        Assert.Equal("3.17.2", await http.GetStringAsync(new Uri("/version", UriKind.Relative), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/?token=wrong", 401)]
    [InlineData("/?token=", 401)]
    [InlineData("/version?token=s3cret", 401)]
    [InlineData("/?other=1&token=s3cret", 303)]
    public async Task Only_the_first_page_takes_the_token_and_only_the_right_one(string target, int status)
    {
        await using var server = await StartAsync("");
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler);
        using var answer = await http.GetAsync(new Uri(server.TrackingUri + target), TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status == 303, answer.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("GET", "same-origin", "cors", true)]
    [InlineData("POST", "same-origin", "cors", true)]
    [InlineData("GET", "none", "navigate", true)]
    [InlineData("GET", "cross-site", "navigate", true)]
    [InlineData("GET", "same-site", "navigate", true)]
    [InlineData("GET", "same-site", "cors", false)]
    [InlineData("GET", "cross-site", "no-cors", false)]
    [InlineData("POST", "same-site", "navigate", false)]
    [InlineData("POST", "cross-site", "cors", false)]
    public void A_cookie_counts_only_where_no_page_of_others_made_the_browser_send_it(string method, string site, string mode, bool admitted)
    {
        var session = Session();
        var request = Request(method, "/version", ("Cookie", CookieOf(session)), ("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", mode), ("Host", "localhost:5000"));

        Assert.Equal(admitted, session.Admits(request));
    }

    [Fact]
    public void A_page_of_an_origin_that_is_welcome_may_use_the_cookie()
    {
        var session = Session(origins: ["https://notebooks.csc.fi"]);
        var request = Request("POST", "/graphql", ("Cookie", CookieOf(session)), ("Sec-Fetch-Site", "cross-site"), ("Origin", "https://notebooks.csc.fi"), ("Host", "localhost:5000"));

        Assert.True(session.Admits(request));
    }

    [Fact]
    public void Servers_on_other_ports_have_cookies_of_their_own()
    {
        var session = Session();

        Assert.False(session.Admits(Request("GET", "/", ("Cookie", CookieOf(session)), ("Host", "localhost:5001"))));
        Assert.True(session.Admits(Request("GET", "/", ("Cookie", $"a=b; {CookieOf(session)}; c=d"), ("Host", "localhost:5000"))));
        Assert.False(session.Admits(Request("GET", "/", ("Cookie", $"mlflow-token-5000={Token}"), ("Host", "localhost:5000"))));
    }

    [Theory]
    [InlineData("", "/", "./", "")]
    [InlineData("/proxy/5000", "/proxy/5000/", "/proxy/5000/", "; Path=/proxy/5000")]
    [InlineData("/proxy/5000", "/proxy/5000", "/proxy/5000/", "; Path=/proxy/5000")]
    public void Behind_a_prefix_the_cookie_stays_below_it(string prefix, string path, string location, string cookiePath)
    {
        using var answer = Session(prefix).SignIn(Request("GET", $"{path}?token={Token}", ("Host", "localhost:5000")))!;

        Assert.Equal(location, answer.Headers["Location"]);
        Assert.EndsWith($"SameSite=Lax{cookiePath}", answer.Headers["Set-Cookie"], StringComparison.Ordinal);
        Assert.Null(Session("/proxy/5000").SignIn(Request("GET", $"/?token={Token}")));
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, "https")]
    public void Over_TLS_the_cookie_is_secure(bool isSecure, string? forwarded)
    {
        var headers = forwarded is null ? [] : new[] { ("X-Forwarded-Proto", forwarded) };
        using var answer = Session(isSecure: isSecure).SignIn(Request("GET", $"/?token={Token}", headers))!;

        Assert.EndsWith("; Secure", answer.Headers["Set-Cookie"], StringComparison.Ordinal);
    }

    private Task<TrackingServer> StartAsync(string prefix) => TrackingServer.StartAsync(
        new() { BackendStoreUri = _folder.TrackingUri, ArtifactsDestination = null, Port = 0, Token = Token, PathPrefix = prefix }, TestContext.Current.CancellationToken);

    private static BrowserSession Session(string prefix = "", bool isSecure = false, string[]? origins = null) => new(Token, new(null, origins), prefix, isSecure);

    private static string CookieOf(BrowserSession session)
    {
        using var answer = session.SignIn(Request("GET", $"/?token={Token}", ("Host", "localhost:5000")))!;
        return answer.Headers["Set-Cookie"].Split(';')[0];
    }

    private static RestRequest Request(string method, string target, params (string Name, string Value)[] headers) =>
        new() { Method = method, Target = target, Headers = headers.ToDictionary(header => header.Name, header => header.Value) };
}

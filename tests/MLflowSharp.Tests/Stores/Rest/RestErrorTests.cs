using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using static MLflowSharp.Tests.Stores.Rest.FakeServer;

namespace MLflowSharp.Tests.Stores.Rest;

public sealed class RestErrorTests : RestTest
{
    [Fact]
    public async Task MLflows_own_error_keeps_its_code_and_message_and_says_where()
    {
        var error = await AskFor(Error(HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "No Experiment with id=7 exists"));

        Assert.Equal(ErrorCode.ResourceDoesNotExist, error.ErrorCode);
        Assert.Contains("No Experiment with id=7 exists", error.Message, StringComparison.Ordinal);
        Assert.Contains("GET http://tracking.example:5000/api/2.0/mlflow/experiments/get answered 404", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_statement_that_MLflows_database_lets_through_is_left_out()
    {
        var error = await AskFor(Error(HttpStatusCode.BadRequest, "RESOURCE_ALREADY_EXISTS", @"Experiment(name=a) already exists. Error: UNIQUE\n[SQL: INSERT INTO x]\n[parameters: ('a')]"));

        Assert.DoesNotContain("INSERT", error.Message, StringComparison.Ordinal);
        Assert.Contains("already exists. Error: UNIQUE", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, ErrorCode.Unauthenticated)]
    [InlineData(403, ErrorCode.PermissionDenied)]
    [InlineData(409, ErrorCode.ResourceConflict)]
    [InlineData(413, ErrorCode.BadRequest)]
    [InlineData(418, ErrorCode.BadRequest)]
    [InlineData(429, ErrorCode.RequestLimitExceeded)]
    [InlineData(500, ErrorCode.InternalError)]
    [InlineData(501, ErrorCode.NotImplemented)]
    [InlineData(503, ErrorCode.TemporarilyUnavailable)]
    [InlineData(504, ErrorCode.DeadlineExceeded)]
    public async Task An_answer_that_is_not_MLflows_gets_the_code_of_its_status(int status, ErrorCode expected)
    {
        Assert.Equal(expected, (await AskFor(Answer((HttpStatusCode)status, "no such luck", "text/plain"))).ErrorCode);
        Assert.Equal(expected, (await AskFor(Answer((HttpStatusCode)status, """{"detail": "no such luck"}"""))).ErrorCode);
        Assert.Equal(expected, (await AskFor(Error((HttpStatusCode)status, "A_CODE_OF_TOMORROW", "no such luck"))).ErrorCode);
    }

    [Fact]
    public async Task Without_credentials_a_401_says_which_variables_to_set()
    {
        var error = await AskFor(Answer(HttpStatusCode.Unauthorized, "You are not authenticated.", "text/html"));

        Assert.Contains("MLFLOW_TRACKING_USERNAME", error.Message, StringComparison.Ordinal);
        Assert.Contains("MLFLOW_TRACKING_TOKEN", error.Message, StringComparison.Ordinal);
        Assert.Contains("~/.mlflow/credentials", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_credentials_a_401_says_where_they_came_from()
    {
        var server = new FakeServer(Answer(HttpStatusCode.Unauthorized, "no", "text/plain"));
        using var stores = Open(server, http => http with { Token = "tok-123" });

        var error = await Refused(() => stores.Tracking.GetExperimentAsync("1"));

        Assert.Contains("does not accept the token from MlflowHttpOptions", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_guards_its_host_name_says_how_to_open_it()
    {
        var error = await AskFor(Answer(HttpStatusCode.Forbidden, "Invalid Host header - possible DNS rebinding attack detected", "text/plain"));

        Assert.Contains("--allowed-hosts tracking.example", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!doctype html><html><title>Sign in to Roihu</title><form><input type=password></form>", ErrorCode.Unauthenticated, "login page ('Sign in to Roihu')")]
    [InlineData("<html><head><title>It works &amp; runs</title></head></html>", ErrorCode.EndpointNotFound, "web page ('It works & runs')")]
    public async Task A_web_page_instead_of_an_answer_is_recognised(string page, ErrorCode expected, string said)
    {
        var error = await AskFor(Answer(HttpStatusCode.OK, page, "text/html"));

        Assert.Equal(expected, error.ErrorCode);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://login.example/oauth2/authorize?state=secret", ErrorCode.Unauthenticated, "https://login.example/oauth2/authorize")]
    [InlineData("https://tracking.example/mlflow/", ErrorCode.EndpointNotFound, "use that address as the tracking URI")]
    public async Task A_redirect_is_not_followed_but_told(string location, ErrorCode expected, string said)
    {
        var error = await AskFor(Answer(HttpStatusCode.Found, "", "text/html", response => response.Headers.Location = new(location)));

        Assert.Equal(expected, error.ErrorCode);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("state=", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("it works")]
    [InlineData("[1, 2]")]
    [InlineData("""{"experiment": "yes"}""")]
    [InlineData("""{"experiment": {"tags": [null]}}""")]
    public async Task An_answer_that_cannot_be_read_is_quoted(string body)
    {
        var error = await AskFor(Answer(HttpStatusCode.OK, body, "text/plain"));

        Assert.Equal(ErrorCode.InternalError, error.ErrorCode);
        Assert.Contains(body, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("""{"status": "ok"}""")]
    public async Task An_answer_without_what_was_asked_for_is_refused(string body) =>
        Assert.Contains("without what was asked for", (await AskFor(Answer(HttpStatusCode.OK, body))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_wrong_address_says_to_check_it()
    {
        var error = await AskFor(Answer(HttpStatusCode.NotFound, "<!doctype html>\n<title>404 Not Found</title>", "text/html"));

        Assert.Equal(ErrorCode.EndpointNotFound, error.ErrorCode);
        Assert.Contains("MLFLOW_TRACKING_URI", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_server_that_cannot_be_reached_says_why_and_what_to_do(Exception failure, ErrorCode expected, string said)
    {
        var error = await AskFor(Fail(failure));

        Assert.Equal(expected, error.ErrorCode);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.Contains("http://tracking.example:5000", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<Exception, ErrorCode, string> Failures() => new()
    {
        { new HttpRequestException(HttpRequestError.ConnectionError, "x", new SocketException((int)SocketError.ConnectionRefused)), ErrorCode.TemporarilyUnavailable, "Is it running? Start it with: mlflow server" },
        { new HttpRequestException(HttpRequestError.NameResolutionError, "x", new SocketException((int)SocketError.HostNotFound)), ErrorCode.TemporarilyUnavailable, "Check the host's name" },
        { new HttpRequestException(HttpRequestError.SecureConnectionError, "x", new AuthenticationException("UntrustedRoot")), ErrorCode.PermissionDenied, "MLFLOW_TRACKING_SERVER_CERT_PATH" },
        { new HttpRequestException(HttpRequestError.ProxyTunnelError, "x"), ErrorCode.TemporarilyUnavailable, "HTTPS_PROXY" },
        { new IOException("the connection was reset"), ErrorCode.TemporarilyUnavailable, "the connection was reset" },
        { new InvalidOperationException("the handler has a fault"), ErrorCode.InternalError, "MlflowHttpOptions.Handler" },
    };

    private async Task<MlflowException> AskFor(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
    {
        using var stores = Open(new FakeServer(answer), http => http with { MaxRetries = 0 });
        return await Refused(() => stores.Tracking.GetExperimentAsync("7"));
    }
}

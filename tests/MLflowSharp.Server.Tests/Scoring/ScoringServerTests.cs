using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using MLflowSharp.Tests;

namespace MLflowSharp.Server.Tests.Scoring;

public sealed class ScoringServerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("application/json", """{"inputs": [[1, 2], [3, 4]]}""")]
    [InlineData("application/json; charset=utf-8", """{"instances": [[1, 2], [3, 4]]}""")]
    [InlineData("application/json", """{"dataframe_split": {"data": [[1, 2], [3, 4]]}}""")]
    [InlineData("application/json", """{"dataframe_records": [{"a": 1, "b": 2}, {"a": 3, "b": 4}]}""")]
    [InlineData("text/csv", "a,b\n1,2\n3,4\n")]
    public async Task Every_format_gets_the_same_predictions(string contentType, string body)
    {
        await using var server = await StartAsync();

        Assert.Equal((200, """{"predictions":{"sum":[[3],[7]]}}"""), await PostAsync(server, body, contentType));
    }

    [Theory]
    [InlineData("GET", "/ping", 200, "\n")]
    [InlineData("GET", "/health", 200, "\n")]
    [InlineData("HEAD", "/health", 200, "")]
    [InlineData("GET", "/version", 200, "3.17.2")]
    [InlineData("GET", "/nothing", 404, """{"detail":"Not Found"}""")]
    [InlineData("GET", "/invocations", 405, """{"detail":"Method Not Allowed"}""")]
    [InlineData("POST", "/ping", 405, """{"detail":"Method Not Allowed"}""")]
    public async Task Routes_answer_as_those_of_MLflow(string method, string path, int status, string text)
    {
        await using var server = await StartAsync();
        using var http = new HttpClient();

        using var answer = await http.SendAsync(new(new HttpMethod(method), server.Uri + path), TestContext.Current.CancellationToken);

        Assert.Equal((status, text), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("""{"inputs": [[1, 2, 3]]}""", 400, "INVALID_PARAMETER_VALUE", "expected shape (-1, 2), found (1, 3)")]
    [InlineData("""{"inputs": [["x", 2]]}""", 400, "BAD_REQUEST", "could not convert string to float")]
    [InlineData("""{"inputs": [[1, 2]""", 400, "BAD_REQUEST", "valid JSON")]
    [InlineData("""{"inputs": []}""", 400, "INVALID_PARAMETER_VALUE", "found (0,)")]
    [InlineData("""{"inputs": [[666, 1]]}""", 400, "BAD_REQUEST", "unexpected error while evaluating the model")]
    public async Task A_refusal_is_one_line_of_JSON_without_a_stack_trace(string body, int status, string code, string reason)
    {
        await using var server = await StartAsync();

        var (answered, text) = await PostAsync(server, body);

        var error = JsonNode.Parse(text)!;
        Assert.Equal((status, code), (answered, (string?)error["error_code"]));
        Assert.Contains(reason, (string?)error["message"], StringComparison.Ordinal);
        Assert.Equal(2, error.AsObject().Count);
        Assert.DoesNotContain("Secret", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 1, 400);
    }

    [Theory]
    [InlineData("application/xml", "only supports the following content types")]
    [InlineData("application/json; charset=latin-1", "only supports UTF-8")]
    [InlineData("application/json; format=pandas-split", "Unrecognized content type parameters: format")]
    [InlineData(null, "Got ''")]
    public async Task Another_media_type_is_415(string? contentType, string reason)
    {
        await using var server = await StartAsync();

        var (status, text) = await PostAsync(server, """{"inputs": [[1, 2]]}""", contentType);

        Assert.Equal(415, status);
        Assert.Contains(reason, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_too_large_is_413_whether_its_length_is_announced_or_not(bool isAnnounced)
    {
        await using var server = await StartAsync(new() { MaxRequestBytes = 1000 });
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Uri + "/invocations") { Content = new StringContent($$"""{"inputs": [[1, 2{{new string(' ', 1000)}}]]}""", Encoding.UTF8, "application/json") };
        request.Headers.TransferEncodingChunked = !isAnnounced;

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("1000 bytes", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(200, (await PostAsync(server, """{"inputs": [[1, 2]]}""")).Status);
    }

    [Fact]
    public async Task Without_the_token_only_probes_and_pages_answer()
    {
        await using var server = await StartAsync(new() { Token = "s3cret", Pages = new Dictionary<string, string> { ["/draw"] = "<p>draw" } });
        using var http = new HttpClient();
        foreach (var path in (string[])["/ping", "/health", "/draw"])
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(server.Uri + path), TestContext.Current.CancellationToken)).StatusCode);
        foreach (var path in (string[])["/version", "/metrics", "/nothing"])
            Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(new Uri(server.Uri + path), TestContext.Current.CancellationToken)).StatusCode);
        var (status, text) = await PostAsync(server, """{"inputs": [[1, 2]]}""");
        Assert.Equal((401, "UNAUTHENTICATED"), (status, (string?)JsonNode.Parse(text)!["error_code"]));

        Assert.Equal(200, (await PostAsync(server, """{"inputs": [[1, 2]]}""", token: "s3cret")).Status);
        Assert.DoesNotContain("s3cret", new ScoringServerOptions { Token = "s3cret" }.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_without_a_signature_answers_a_table_with_records()
    {
        await using var server = await ScoringServer.StartAsync(SumModel.Save(_folder, signature: false), new() { Port = 0 }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("""{"predictions":[{"sum":3},{"sum":7}]}""", (await PostAsync(server, """{"dataframe_split": {"data": [[1, 2], [3, 4]]}}""")).Text);
        Assert.Equal("""{"predictions":{"sum":[[3],[7]]}}""", (await PostAsync(server, """{"inputs": [[1, 2], [3, 4]]}""")).Text);
    }

    [Fact]
    public async Task What_is_no_number_is_answered_as_Python_writes_it()
    {
        await using var server = await StartAsync();

        Assert.Equal("""{"predictions":{"sum":[[NaN],[Infinity]]}}""", (await PostAsync(server, """{"inputs": [[null, 2], [Infinity, 4]]}""")).Text);
    }

    [Fact]
    public async Task A_stop_answers_the_requests_that_are_under_way()
    {
        using var entered = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        SumModel.Watchers[4] = _ =>
        {
            entered.Set();
            go.Wait(TestContext.Current.CancellationToken);
        };
        await using var server = await ScoringServer.StartAsync(SumModel.Save(_folder, factor: 4), new() { Port = 0, StopTimeout = TimeSpan.FromMinutes(2) }, cancellationToken: TestContext.Current.CancellationToken);
        var under = PostAsync(server, """{"inputs": [[1, 2]]}""");
        await Task.Run(() => entered.Wait(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

        var stopping = server.StopAsync();
        Assert.False(stopping.IsCompleted);
        go.Set();
        await stopping;

        Assert.Equal((200, """{"predictions":{"sum":[[12]]}}"""), await under);
        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(server, """{"inputs": [[1, 2]]}"""));
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_answered_504_and_the_next_is_not_harmed()
    {
        using var entered = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var isFirst = 1;
        SumModel.Watchers[5] = _ =>
        {
            if (Interlocked.Exchange(ref isFirst, 0) == 0)
                return;
            entered.Set();
            go.Wait(TestContext.Current.CancellationToken);
        };
        var time = new FakeTimeProvider();
        await using var server = await ScoringServer.StartAsync(SumModel.Save(_folder, factor: 5), new() { Port = 0, TimeProvider = time }, cancellationToken: TestContext.Current.CancellationToken);
        var late = PostAsync(server, """{"inputs": [[1, 2]]}""");
        await Task.Run(() => entered.Wait(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

        time.Advance(TimeSpan.FromSeconds(59.9));
        Assert.Equal((200, """{"predictions":{"sum":[[15]]}}"""), await PostAsync(server, """{"inputs": [[1, 2]]}"""));
        Assert.False(late.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.2));

        var (status, text) = await late;
        Assert.Equal((504, "DEADLINE_EXCEEDED"), (status, (string?)JsonNode.Parse(text)!["error_code"]));
        Assert.StartsWith("The request took longer than the 60 s that this server gives it.", (string?)JsonNode.Parse(text)!["message"], StringComparison.Ordinal);
        Assert.Equal(200, (await PostAsync(server, """{"inputs": [[3, 4]]}""")).Status);
        go.Set();
    }

    [Fact]
    public async Task A_body_that_does_not_come_is_not_waited_for()
    {
        var time = new FakeTimeProvider();
        await using var server = await StartAsync(new() { TimeProvider = time, RequestTimeout = TimeSpan.FromSeconds(7) });
        using var line = new TcpClient();
        await line.ConnectAsync(IPAddress.Loopback, new Uri(server.Uri).Port, TestContext.Current.CancellationToken);
        var stream = line.GetStream();
        await stream.WriteAsync("POST /invocations HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"u8.ToArray(), TestContext.Current.CancellationToken);
        var answer = new StreamReader(stream).ReadLineAsync(TestContext.Current.CancellationToken).AsTask();

        // The server's clock starts when it has read the head.
        while (!answer.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(8));
            await Task.WhenAny(answer, Task.Delay(20, TestContext.Current.CancellationToken));
        }

        Assert.StartsWith("HTTP/1.1 504", await answer, StringComparison.Ordinal);
        Assert.Equal(200, (await PostAsync(server, """{"inputs": [[1, 2]]}""")).Status);
    }

    [Fact]
    public async Task Without_a_limit_a_request_has_all_the_time_it_takes()
    {
        await using var server = await StartAsync(new() { RequestTimeout = TimeSpan.Zero });

        Assert.Equal((200, """{"predictions":{"sum":[[3]]}}"""), await PostAsync(server, """{"inputs": [[1, 2]]}"""));
    }

    [Fact]
    public async Task Feedback_goes_where_the_server_was_told_and_nowhere_otherwise()
    {
        var told = new List<string>();
        await using var server = await StartAsync(new()
        {
            Token = "s3cret",
            OnFeedback = (model, text, _) => text == "no" ? throw new MlflowException("Not that.", ErrorCode.BadRequest) : Keep($"{model.Flavor} {text}"),
        });
        await using var silent = await StartAsync();

        Assert.Equal((200, "{\"kept\":1}"), await PostAsync(server, "é", token: "s3cret", path: "/feedback"));
        Assert.Equal((400, "{\"error_code\":\"BAD_REQUEST\",\"message\":\"Not that.\"}"), await PostAsync(server, "no", token: "s3cret", path: "/feedback"));
        Assert.Equal(401, (await PostAsync(server, "é", path: "/feedback")).Status);
        Assert.Equal(404, (await PostAsync(silent, "é", path: "/feedback")).Status);
        Assert.Equal(["sum-of-rows é"], told);

        Task<string> Keep(string text)
        {
            told.Add(text);
            return Task.FromResult($"{{\"kept\":{told.Count}}}");
        }
    }

    [Fact]
    public async Task A_Unix_socket_does_in_place_of_a_port()
    {
        var socket = Path.Combine(_folder.FullName, "scoring.sock");
        await using var server = await StartAsync(new() { UnixSocket = socket });
        using var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, token) =>
            {
                var line = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await line.ConnectAsync(new UnixDomainSocketEndPoint(socket), token);
                return new NetworkStream(line, ownsSocket: true);
            },
        });

        Assert.Equal("3.17.2", await http.GetStringAsync(new Uri("http://localhost/version"), TestContext.Current.CancellationToken));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(socket));
    }

    [Fact]
    public async Task Requests_are_logged_as_lines_of_JSON_and_counted()
    {
        var lines = new List<string>();
        await using var server = await StartAsync(new() { OnLog = line => { lock (lines) lines.Add(line); } });
        await PostAsync(server, """{"inputs": [[1, 2], [3, 4]]}""");
        await PostAsync(server, "{");
        using var http = new HttpClient();
        await http.GetAsync(new Uri(server.Uri + "/version?token=secret"), TestContext.Current.CancellationToken);

        var metrics = await http.GetStringAsync(new Uri(server.Uri + "/metrics"), TestContext.Current.CancellationToken);

        Assert.Contains("mlflow_scoring_requests_total{path=\"/invocations\",code=\"200\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("mlflow_scoring_requests_total{path=\"/invocations\",code=\"400\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("mlflow_scoring_request_duration_seconds_count 2\n", metrics, StringComparison.Ordinal);
        Assert.Contains("mlflow_scoring_rows_total 2\n", metrics, StringComparison.Ordinal);
        Assert.Contains("mlflow_scoring_requests_in_flight 1\n", metrics, StringComparison.Ordinal);
        List<JsonNode> told;
        lock (lines)
            told = [.. lines.Select(line => JsonNode.Parse(line)!)];
        Assert.Equal(["loaded", "request", "request", "request"], told.Take(4).Select(line => (string?)line["event"]));
        Assert.Equal((200, 2), ((int)told[1]["status"]!, (int)told[1]["rows"]!));
        Assert.Contains("valid JSON", (string?)told[2]["error"], StringComparison.Ordinal);
        Assert.Equal("/version", (string?)told[3]["path"]);
    }

    [Fact]
    public async Task Many_clients_at_once_get_their_own_answers()
    {
        await using var server = await StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(number => PostAsync(server, $$"""{"inputs": [[{{number}}, 1]]}""")));

        Assert.Equal(Enumerable.Range(0, 200).Select(number => (200, $$$"""{"predictions":{"sum":[[{{{number + 1}}}]]}}""")), answers);
    }

    [Fact]
    public async Task A_folder_without_a_model_and_an_address_that_is_taken_are_refused()
    {
        var missing = await Assert.ThrowsAsync<MlflowException>(() => ScoringServer.StartAsync(_folder.FullName, new() { Port = 0 }, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("MLmodel", missing.Message, StringComparison.Ordinal);
        await using var server = await StartAsync();
        var port = new Uri(server.Uri).Port;

        var taken = await Assert.ThrowsAsync<MlflowException>(() => StartAsync(new() { Port = port }));

        Assert.Contains($"cannot listen at 127.0.0.1:{port}", taken.Message, StringComparison.Ordinal);
    }

    internal static async Task<(int Status, string Text)> PostAsync(ScoringServer server, string body, string? contentType = "application/json", string? token = null, string path = "/invocations")
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Uri + path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        if (contentType is not null)
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private Task<ScoringServer> StartAsync(ScoringServerOptions? options = null) => ScoringServer.StartAsync(
        SumModel.Save(_folder), (options ?? new()) with { Port = options is { Port: > 0 and not 5000 } ? options.Port : 0 }, cancellationToken: TestContext.Current.CancellationToken);
}
